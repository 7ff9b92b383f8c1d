import type { Severity } from './finding';
import { POLICY_RULES } from './policy-rules';
import { RULES } from './registry';
import type { Rule } from './rule';

type Described = Omit<Rule, 'types' | 'judge'> & Partial<Pick<Rule, 'types'>>;

const SUBJECTS: readonly (readonly [prefix: string, title: string])[] = [
  ['KKH-VPN-', 'Connections'],
  ['KKH-NET-', 'Networks'],
  ['KKH-NODE-', 'Nodes'],
  ['KKH-VLT-', 'Vault'],
  ['KKH-DKR-', 'Docker'],
  ['KKH-POL-', 'Acceptances'],
];

/** All rules that are described, in the order of the page. */
export function describedRules(): readonly Described[] {
  return [...RULES, ...POLICY_RULES];
}

/** The page of all rules, docs/reference/rules.md. */
export function rulesPage(): string {
  return [
    '# Rules\n',
    'Written by `kakehashi explain --markdown > docs/reference/rules.md`; a test holds it equal to the rules. How they are used: [policy.md](../policy.md).\n',
    ...SUBJECTS.flatMap(([prefix, title]) =>
      section(
        title,
        describedRules().filter(({ id }) => id.startsWith(prefix)),
      ),
    ),
  ].join('\n');
}

function section(title: string, rules: readonly Described[]): readonly string[] {
  return [`## ${title}\n`, ...rules.map(part)];
}

function part({ id, severity, title, reason, fix, references, types }: Described): string {
  const judged = types === undefined ? [] : [`Checks: ${types.map((type) => `\`${type}\``).join(', ')}`, ''];
  return [
    `### ${id}`,
    '',
    `**${title}** (${severity}).`,
    '',
    reason,
    '',
    `*Fix:* ${fix}`,
    '',
    ...judged,
    `*See also:* ${references.join('; ')}`,
    '',
  ].join('\n');
}

/** One rule as text for a screen. */
export function ruleText({
  id,
  severity,
  title,
  reason,
  fix,
  references,
  types,
}: Described): readonly (readonly [label: string, text: string])[] {
  return [
    [id, `${title} (${severity})`],
    ['why', reason],
    ['fix', fix],
    ...(types === undefined ? [] : [['checks', types.join(', ')] as const]),
    ['see also', references.join('; ')],
  ];
}

/** A line for each rule. */
export function rulesList(
  rules: readonly { readonly id: string; readonly severity: Severity; readonly title: string }[],
): readonly string[] {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.map(({ id, severity, title }) => `${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}`);
}
