/** The simulated cloud refused a request; the code is one of AWS's error codes. */
export class AwsError extends Error {
  /** @param hint what the sandbox adds to AWS's message; it is shown below the message */
  constructor(
    readonly code: string,
    message: string,
    readonly hint?: string,
  ) {
    super(message);
  }
}

export function dependencyViolation(message: string): AwsError {
  return new AwsError('DependencyViolation', message);
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}
