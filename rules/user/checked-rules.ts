import { Failure } from '../../base/errors';
import { SEVERITIES, type Severity } from '../finding';
import type { Found, Rule } from '../rule';
import type { UserRule } from './user-rule';

const ID = /^[A-Za-z][A-Za-z0-9_.:-]{1,79}$/;

/** The most findings of one rule on one resource. */
const MOST_FINDINGS = 1000;
/** The longest text of a finding, in UTF-16 code units. */
const LONGEST_TEXT = 2000;

/** The rules that a file exports, checked. @throws {@link Failure} */
export function rulesOf(exported: unknown, shown: string): readonly Rule[] {
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  return list.map((one, index) =>
    checkedRule(one, Array.isArray(exported) ? `${shown}: rule ${index + 1}` : shown),
  );
}

function checkedRule(given: unknown, where: string): Rule {
  const wrong = (must: string, got: unknown): never => {
    throw new Failure(`${where}: ${must}, got ${described(got)}`);
  };
  if (typeof given !== 'object' || given === null)
    return wrong('a rule must be an object { id, severity, title, judge }', given);
  const {
    id,
    severity,
    title,
    reason = '',
    fix = '',
    references = [],
    types = ['*'],
    judge,
  } = given as Partial<UserRule>;
  if (typeof id !== 'string' || !ID.test(id))
    return wrong('id must be a text of letters, digits, _ . : and - like ACME-01', id);
  const named = `rule ${id}: `;
  if (id.toUpperCase().startsWith('KKH-'))
    return wrong(`${named}ids that begin with KKH- are kakehashi's own`, id);
  if (!SEVERITIES.some((one) => one === severity))
    return wrong(`${named}severity must be one of ${SEVERITIES.join(', ')}`, severity);
  if (typeof title !== 'string' || title.trim() === '')
    return wrong(`${named}title must say what must hold`, title);
  for (const [name, text] of Object.entries({ reason, fix }))
    if (typeof text !== 'string') return wrong(`${named}${name} must be a text`, text);
  for (const [name, texts] of Object.entries({ references, types }))
    if (!Array.isArray(texts) || texts.some((text) => typeof text !== 'string'))
      return wrong(`${named}${name} must be a list of texts`, texts);
  if (typeof judge !== 'function')
    return wrong(`${named}judge must be a function (resource, context) => findings`, judge);
  return {
    id,
    severity: severity as Severity,
    title,
    reason,
    fix,
    references,
    types,
    judge: (resource, context) => checkedFindings(judge(resource, context)),
  };
}

/** What a rule returned. @throws Error for anything but a list of findings; the judge says which rule it was, and on which resource */
function checkedFindings(returned: unknown): readonly Found[] {
  if (returned instanceof Promise) {
    // Nobody waits for it: what it is rejected with must not end the program.
    returned.catch(() => undefined);
    throw new Error('judge must return a list of findings, got a promise: it must not be async');
  }
  if (!Array.isArray(returned))
    throw new Error(`judge must return a list of findings, got ${described(returned)}`);
  if (returned.length > MOST_FINDINGS)
    throw new Error(`judge must return at most ${MOST_FINDINGS} findings, got ${returned.length}`);
  return returned.map((one: Partial<Found> | null) => {
    const { text, attribute, verdict, severity } = one ?? {};
    if (typeof text !== 'string' || text.trim() === '')
      throw new Error(`a finding must have a text, got ${described(one)}`);
    if (text.length > LONGEST_TEXT)
      throw new Error(`a finding's text must have at most ${LONGEST_TEXT} characters, got ${text.length}`);
    if (attribute !== undefined && typeof attribute !== 'string')
      throw new Error(`a finding's attribute must be a text, got ${described(attribute)}`);
    if (verdict !== undefined && verdict !== 'violated' && verdict !== 'unknown')
      throw new Error(`a finding's verdict must be violated or unknown, got ${described(verdict)}`);
    if (severity !== undefined && !SEVERITIES.includes(severity))
      throw new Error(
        `a finding's severity must be one of ${SEVERITIES.join(', ')}, got ${described(severity)}`,
      );
    return {
      text,
      ...(attribute === undefined ? {} : { attribute }),
      ...(verdict === undefined ? {} : { verdict }),
      ...(severity === undefined ? {} : { severity }),
    };
  });
}

function described(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}
