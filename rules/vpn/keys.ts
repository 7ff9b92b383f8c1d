import type { Resource } from '../resource';
import { beside, type Found, type Rule, type RuleContext, unseen, violated } from '../rule';
import { flagAt, isUnknownText, numberAt, referencesIn, UNKNOWN } from '../values';
import { AWS_VPN, AZURE_VPN } from './tunnel-arguments';

/** The arguments that hold pre-shared keys. */
function keyArguments({ type }: Resource): readonly string[] {
  return type === AWS_VPN ? ['tunnel1_preshared_key', 'tunnel2_preshared_key'] : ['shared_key'];
}

const KEY_ATTRIBUTE = /(preshared_key|shared_key|customer_gateway_configuration)(?![\w])/;

export const NO_LITERAL_KEY: Rule = {
  id: 'KKH-VPN-06',
  severity: 'critical',
  title: 'No pre-shared key stands in a configuration, or in an output that is shown',
  reason:
    'A configuration lies in repositories, in artifacts of CI and in backups; outputs that are not sensitive are printed in logs. Whoever has the key can stand between both ends.',
  fix: 'Leave the key out, so that the cloud or kakehashi makes it, or give it by a sensitive variable; mark outputs of keys as sensitive.',
  references: ['CWE-798', 'AVD-AWS-0029 (the same of user data)'],
  types: [AWS_VPN, AZURE_VPN, 'output'],
  judge: (resource, context) =>
    resource.type === 'output' ? openOutput(resource) : literalKeys(resource, context),
};

function literalKeys(resource: Resource, context: RuleContext): readonly Found[] {
  return keyArguments(resource).flatMap((argument) => {
    const key = resource.written[argument];
    if (typeof key !== 'string' || key === '') return [];
    if (!isUnknownText(key))
      return [violated('a pre-shared key stands in the configuration as a text', argument)];
    const source = literalSource(resource, key, context);
    return source === undefined
      ? []
      : [violated(`a pre-shared key stands in the configuration as a text: ${source}`, argument)];
  });
}

const NAMED = /\b(var|local)\.([A-Za-z_][\w-]*)/g;

/** The variable with a default, or the local value, that an expression takes and that is a text itself. */
function literalSource(resource: Resource, key: string, context: RuleContext): string | undefined {
  for (const [, kind, name] of key.matchAll(NAMED)) {
    const [type, argument] = kind === 'var' ? ['variable', 'default'] : ['local', 'value'];
    const text = beside(resource, context, type).find((one) => one.name === name)?.written[argument];
    if (typeof text === 'string' && text !== '' && !isUnknownText(text))
      return type === 'variable' ? `the default of variable ${name}` : `the local value ${name}`;
  }
  return undefined;
}

function openOutput({ written, name }: Resource): readonly Found[] {
  const text = JSON.stringify(written.value ?? null);
  if (!text.includes('${') || !KEY_ATTRIBUTE.test(text)) return [];
  const sensitive = flagAt(written, 'sensitive');
  if (sensitive === true) return [];
  if (sensitive === UNKNOWN) return [unseen(`whether output ${name} is sensitive is not known`, 'sensitive')];
  return [violated(`output ${name} shows a pre-shared key: it is not sensitive`, 'value')];
}

const SHORTEST = 32;
/** What both clouds take, and what they refuse: AWS wants no leading zero. */
const ALPHABET = /^[A-Za-z0-9._]+$/;

export const STRONG_KEY: Rule = {
  id: 'KKH-VPN-07',
  severity: 'high',
  title:
    'A pre-shared key has at least 32 random characters of the cloud’s alphabet, and each tunnel its own',
  reason:
    'Whoever records one IKE exchange can try keys without asking anybody. 32 characters of letters and digits are out of reach. One key for both tunnels doubles what is lost with it.',
  fix: 'Leave the key out: AWS makes one of 32 characters for each tunnel, and kakehashi makes those of Azure. A key that a variable gives cannot be seen here; kakehashi checks its own.',
  references: ['RFC 7296, section 2.15', 'AWS: Site-to-Site VPN tunnel options'],
  types: [AWS_VPN, AZURE_VPN],
  judge: (resource, context) => [
    ...keyArguments(resource).flatMap((argument) => keyFindings(resource, argument, context)),
    ...sameKeys(resource),
  ],
};

function keyFindings(resource: Resource, argument: string, context: RuleContext): readonly Found[] {
  const key = resource.written[argument] ?? resource.values[argument];
  // The cloud makes one.
  if (key === undefined || key === null) return [];
  if (typeof key !== 'string') return [violated('a pre-shared key must be a text', argument)];
  if (isUnknownText(key))
    return madeHere(resource, key, context) ?? [unseen('the pre-shared key cannot be seen', argument)];
  if (key.length < SHORTEST) return [violated(`a pre-shared key has ${key.length} characters`, argument)];
  if (!ALPHABET.test(key) || key.startsWith('0'))
    return [violated('a pre-shared key has characters that the cloud refuses', argument)];
  return new Set(key).size < 10 ? [violated('a pre-shared key repeats few characters', argument)] : [];
}

/** A key that a resource of the same configuration makes, whose length is written there. */
function madeHere(resource: Resource, key: string, context: RuleContext): readonly Found[] | undefined {
  const made = beside(resource, context, 'random_password', 'random_string').find(({ address }) =>
    referencesIn(key).includes(address),
  );
  if (made === undefined) return undefined;
  const length = numberAt(made.values, 'length');
  if (length === UNKNOWN || length === undefined) return undefined;
  return length >= SHORTEST ? [] : [violated(`${made.address} makes a key of ${length} characters`)];
}

function sameKeys({ type, written }: Resource): readonly Found[] {
  const [first, second] = [written.tunnel1_preshared_key, written.tunnel2_preshared_key];
  if (type !== AWS_VPN || typeof first !== 'string' || first !== second) return [];
  return [violated('both tunnels have the same pre-shared key', 'tunnel2_preshared_key')];
}
