/** A name that begins as AWS's own do. */
export const RESERVED_PREFIX = 'aws:abc';

/** Texts that are no ARN, or that of another kind of thing. */
export const WRONG_ARNS: readonly string[] = [
  'arn:',
  'arn:aws:iam',
  'arn:aws:iam::123456789012:role/x',
  'arn:aws:iam::12345:role/x',
  'arn:aws:iam::123456789012:',
  'arn:aws:logs:us-east-1:123456789012:log-group:x',
  'arn:aws:logs:nowhere:123456789012:log-group:x',
  'arn:aws:s3:::x',
  'arn:nobody:s3:::x',
  'arn::s3:::x',
  'arn:aws::us-east-1:123456789012:x',
];
