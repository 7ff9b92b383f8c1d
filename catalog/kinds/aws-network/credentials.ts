import { SecretReference } from '../../../model/vault/secret-reference';
import type { AwsSettings } from '../../ground/catalog';
import type { ProblemList } from '../../ground/problem-list';
import type { Section } from '../../shape/section';

/** The credentials that a provider keeps in Vault; undefined where there are none, or not all that are needed. */
export function readCredentials(section: Section, problems: ProblemList): AwsSettings['credentials'] {
  const given = ['access_key', 'secret_key', 'token'].filter((key) => section.has(key));
  const [first] = given;
  if (first === undefined) return undefined;
  const areReferences = given.every((key) => section.text(key) !== undefined);
  const missing = ['access_key', 'secret_key'].filter((key) => !section.has(key));
  if (areReferences && missing.length > 0) {
    const words = missing.map((key) => `"${key}"`).join(' and ');
    const are = missing.length === 1 ? `key ${words} is` : `keys ${words} are`;
    const message = `${are} missing: ${first} is given, and a credential is whole or not there`;
    const mend = `write ${missing.map((key) => `${key}: vault://secret/aws/${key}`).join(', ')} beside it`;
    problems.error('missing-key', section.path, message, section.keyAt(first), mend);
  }
  if (section.has('profile')) {
    const message = `must not stand beside ${first}: one of the two says who asks`;
    const mend = 'remove profile, or the references';
    problems.error('two-credentials', section.pathOf('profile'), message, section.keyAt('profile'), mend);
  }
  const [accessKey, secretKey] = [reference(section, 'access_key'), reference(section, 'secret_key')];
  const sessionToken = reference(section, 'token');
  if (!accessKey || !secretKey) return undefined;
  return { accessKey, secretKey, ...(sessionToken ? { sessionToken } : {}) };
}

/** A reference that its shape has accepted. */
export function reference(section: Section, key: string): SecretReference | undefined {
  const text = section.text(key);
  return text === undefined ? undefined : SecretReference.parse(text);
}
