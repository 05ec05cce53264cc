import { publicDao } from "../dao/public.ts";

/**
 * Deploys the DAO beside the collection and offers it everything; `dao.ts` ends the founding once `adminDelay` has passed. Signed by two
 * accounts: the first of `LOOP_KEYS` deploys and keeps nothing, the second is the admin, who can still call it off
 * (`cancelDefaultAdminTransfer`) until then.
 *
 * Of the section `Dao` only `steward`, `royaltyReceiver` and `grantExpiry` have no default (ignition/dao/README.md lists the others).
 */
export default publicDao.offer;
