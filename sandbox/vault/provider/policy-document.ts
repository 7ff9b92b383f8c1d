import type { ObjectValue } from '../../protocol/values';
import { objects, text, texts } from '../../provider/attributes';

function quotedList(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value)).join(', ')}]`;
}

/** `allowed_parameters` and `denied_parameters`: a map from a parameter to its values. */
function parameters(rule: ObjectValue, block: string): readonly string[] {
  const pairs = objects(rule, block);
  if (pairs.length === 0) return [];
  const lines = pairs.map(
    (pair) => `    ${JSON.stringify(text(pair, 'key'))} = ${quotedList(texts(pair, 'value'))}`,
  );
  return [`  ${block}s = {`, ...lines, '  }'];
}

function listed(rule: ObjectValue, name: string): readonly string[] {
  const values = texts(rule, name);
  return values.length === 0 ? [] : [`  ${name} = ${quotedList(values)}`];
}

function ruleText(rule: ObjectValue): string {
  const description = text(rule, 'description');
  const wrapping = ['min_wrapping_ttl', 'max_wrapping_ttl'].flatMap((name) =>
    text(rule, name) === '' ? [] : [`  ${name} = ${JSON.stringify(text(rule, name))}`],
  );
  return [
    ...(description === '' ? [] : [`# ${description}`]),
    `path ${JSON.stringify(text(rule, 'path'))} {`,
    ...listed(rule, 'capabilities'),
    ...listed(rule, 'subscribe_event_types'),
    ...listed(rule, 'required_parameters'),
    ...parameters(rule, 'allowed_parameter'),
    ...parameters(rule, 'denied_parameter'),
    ...wrapping,
    '}',
    '',
  ].join('\n');
}

/** The HCL of `vault_policy_document`. Its layout is inferred. It must not change, because policies are compared as text. */
export function policyDocument(config: ObjectValue): string {
  return objects(config, 'rule').map(ruleText).join('\n');
}
