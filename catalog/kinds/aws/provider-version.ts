import { ValueError } from '../../../model/value-error';
import { isAtLeast } from '../../shape/version-constraint';

/** The oldest AWS provider that what is synthesized is valid for. */
const OLDEST = '5.100.0';

/** @throws {@link ValueError} unless every version that the constraint allows can take what we synthesize */
export function checkAwsVersion(constraint: string): void {
  if (!isAtLeast(constraint, OLDEST)) {
    throw new ValueError(`a constraint whose lower bound is ${OLDEST} or newer`, constraint, {
      fix: `write '>= ${OLDEST}, < 7.0.0'`,
    });
  }
}
