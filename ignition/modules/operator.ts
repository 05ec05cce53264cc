import { publicDao } from "../dao/public.ts";

/**
 * Hands the operator's job from the account that deployed to another, so that a DAO can be founded from which the deployer keeps nothing.
 * Signed by the admin, the second of `LOOP_KEYS`, and by the operator to be, the third.
 */
export default publicDao.operator;
