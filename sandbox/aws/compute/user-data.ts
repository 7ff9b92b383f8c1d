import { createHash } from 'node:crypto';
import { invalidParameter } from '../aws-error';

/** The most bytes of user data before they are written in Base64 (EC2 user guide, "Run commands when you launch an EC2 instance"). */
const MOST_BYTES = 16384;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of user data: the provider takes a text in Base64 for what it encodes. */
function bytesOf(userData: string): Buffer {
  return Buffer.from(userData, BASE64.test(userData) ? 'base64' : 'utf8');
}

/** What a state holds in the place of `user_data`: the SHA-1 digest of its bytes, in hexadecimal digits. */
export function userDataDigest(userData: string): string {
  return createHash('sha1').update(bytesOf(userData)).digest('hex');
}

/** @throws {@link AwsError} for more user data than an instance can have */
export function checkUserData(userData: string): void {
  const { length } = bytesOf(userData);
  if (length > MOST_BYTES)
    throw invalidParameter(
      `User data is limited to ${MOST_BYTES} bytes`,
      `It has ${length} bytes before Base64.`,
    );
}
