import type { IConstruct } from 'constructs';
import { LOG_GROUP_NAME, LOG_RETENTION_DAYS } from '../../model/clouds/aws/logs';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { claimName } from './names';

/** Checks the name of a log group and takes it for the stack. @throws {@link PropsError} */
export function checkLogGroupName(construct: IConstruct, prop: string, name: string): void {
  if (isKnown(name) && !LOG_GROUP_NAME.test(name)) {
    refuse(
      construct,
      `${prop}: must be 1 to 512 characters of A-Z a-z 0-9 . _ - / # that do not begin with aws/, got ${JSON.stringify(name)}`,
    );
  }
  claimName(construct, { prop, things: 'log groups', name });
}

/** @throws {@link PropsError} for a number of days that CloudWatch does not offer */
export function checkRetention(construct: IConstruct, prop: string, days: number): void {
  const offered: readonly number[] = LOG_RETENTION_DAYS;
  if (isKnown(days) && !offered.includes(days))
    refuse(construct, `${prop}: must be one of ${offered.join(', ')} (0 keeps for ever), got ${days}`);
}
