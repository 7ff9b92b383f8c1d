/** For how many days a log group can keep its events; 0 keeps them for ever (CloudWatch Logs API, PutRetentionPolicy). */
export const LOG_RETENTION_DAYS = [
  0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The name of a log group: 1 to 512 of these characters, not `aws/…` (CloudWatch Logs API, CreateLogGroup). */
export const LOG_GROUP_NAME = /^(?!aws\/)[A-Za-z0-9._\-/#]{1,512}$/;

/** AWS services write into groups below this prefix without a resource policy of the account (CloudWatch Logs user guide). */
export const VENDED_LOGS = '/aws/vendedlogs/';
