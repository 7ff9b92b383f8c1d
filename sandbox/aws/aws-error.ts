/** A refusal by the simulated cloud, with AWS's error code. */
export class AwsError extends Error {
  /** @param hint what the sandbox knows beyond AWS's words, shown below them */
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
