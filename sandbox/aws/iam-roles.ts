import type { Cloud, CloudObject } from './cloud';

/** The creation time of every object of IAM. It is fixed, so that equal runs give equal states. */
export const CREATED = '2025-01-01T00:00:00Z';

/** @throws {@link AwsError} if there is no such role */
export function requireRole(cloud: Cloud, name: string): CloudObject {
  return cloud.require(['aws_iam_role'], name, 'NoSuchEntity', `The role with name ${name} cannot be found.`);
}
