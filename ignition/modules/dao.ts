import { publicDao } from "../dao/public.ts";

/**
 * Hands every role to the DAO's timelock, and proves that whoever deployed and governed before keeps none. In one go only where
 * `adminDelay` is zero; else `dao-offer.ts` is deployed first, and this one once the delay has passed.
 */
export default publicDao.founding;
