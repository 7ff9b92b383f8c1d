import type { Step } from '../provider/simulated-provider';

/** The simulated cloud refused a request; the code is one of AWS's error codes. */
export class AwsError extends Error {
  /**
   * @param hint what the sandbox adds to AWS's message; it is shown below the message
   * @param step the call of the provider that was refused, if it was not the first one of the operation
   */
  constructor(
    readonly code: string,
    message: string,
    readonly hint?: string,
    readonly step?: Step,
  ) {
    super(message);
  }
}

/** Does the work of a further call of an operation, whose refusals the provider describes with words of their own. */
export function inStep<T>(step: Step, work: () => T): T {
  try {
    return work();
  } catch (failure) {
    if (!(failure instanceof AwsError)) throw failure;
    throw new AwsError(failure.code, failure.message, failure.hint, step);
  }
}

export function dependencyViolation(message: string): AwsError {
  return new AwsError('DependencyViolation', message);
}

export function invalidParameter(message: string, hint?: string): AwsError {
  return new AwsError('InvalidParameterValue', message, hint);
}
