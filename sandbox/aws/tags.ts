import { type Attributes, text } from '../provider/attributes';
import { AwsError } from './aws-error';

const MOST = 50;
const KEY_LENGTH = 128;
const VALUE_LENGTH = 256;

/** The error code of each service for an invalid tag. Those of services other than EC2 are inferred. */
const CODES: Readonly<Record<string, string>> = {
  EC2: 'InvalidParameterValue',
  IAM: 'InvalidInput',
  'CloudWatch Logs': 'InvalidParameterException',
  RAM: 'InvalidParameterException',
  Route53Resolver: 'InvalidTagException',
  S3: 'InvalidTag',
  Scheduler: 'ValidationException',
  'Secrets Manager': 'InvalidParameterException',
};

/** Checks what every service of AWS demands of the tags of one object. @throws {@link AwsError} for an invalid tag */
export function checkTags(service: string, tags: Attributes): void {
  const keys = Object.keys(tags);
  if (keys.length > MOST)
    throw new AwsError(
      service === 'EC2' ? 'TagLimitExceeded' : 'LimitExceeded',
      `The maximum number of tags for a resource is ${MOST}; it would have ${keys.length}.`,
    );
  for (const key of keys) {
    const wrong = wrongTag(key, text(tags, key));
    if (wrong !== undefined) throw new AwsError(CODES[service] ?? 'InvalidParameterValue', wrong);
  }
}

function wrongTag(key: string, value: string): string | undefined {
  if (/^aws:/i.test(key)) return "Tag keys starting with 'aws:' are reserved for internal use";
  if (key === '') return 'Tag key cannot be empty';
  if (key.length > KEY_LENGTH) return `Tag key exceeds the maximum length of ${KEY_LENGTH} characters`;
  return value.length > VALUE_LENGTH
    ? `Tag value exceeds the maximum length of ${VALUE_LENGTH} characters`
    : undefined;
}
