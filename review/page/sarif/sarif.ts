import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type RuleFinding, SEVERITIES, type Severity } from '../../../rules/finding';
import { bySeverity } from '../../../rules/judge';
import { describedRules } from '../../../rules/rules-page';
import type { Review } from '../../review';

/** GitHub shows so many results of a run, and takes a file of so many bytes, packed. */
const MOST_RESULTS = 5000;
const MOST_BYTES = 10_000_000;

export interface SarifOptions {
  /** A file of the project as a path from the repository's root. @default - as it is */
  readonly fromRoot?: (file: string) => string;
  readonly mostResults?: number;
}

export interface SarifPage {
  readonly text: string;
  /** How many results were left out, because there are too many. */
  readonly leftOut: number;
}

type Json = Readonly<Record<string, unknown>>;

interface Found extends RuleFinding {
  readonly environment: string;
}

/**
 * Findings of reviews as SARIF 2.1.0: a run for each tool, the worst first, at the lines of the catalog. What is accepted is suppressed with
 * its reason; what is unknown is open.
 */
export function reviewSarif(reviews: readonly Review[], options: SarifOptions = {}): SarifPage {
  const all = reviews
    .flatMap((review) =>
      findingsOf(review).map((one): Found => ({ ...one, environment: review.environment })),
    )
    .sort(bySeverity);
  const version = reviews[0]?.origin.kakehashi;
  let most = options.mostResults ?? MOST_RESULTS;
  for (;;) {
    const text = `${JSON.stringify(log(all, version, most, options), undefined, 1)}\n`;
    const leftOut = [...byTool(all).values()].reduce((sum, list) => sum + Math.max(0, list.length - most), 0);
    if (text.length < MOST_BYTES || most <= 1 || gzipSync(text).length <= MOST_BYTES)
      return { text, leftOut };
    most = Math.floor(most / 2);
  }
}

function findingsOf({ stacks, findings }: Review): readonly RuleFinding[] {
  return [
    ...stacks.flatMap(({ outcome }) => (outcome.kind === 'planned' ? outcome.findings : [])),
    ...findings,
  ];
}

function byTool(findings: readonly Found[]): ReadonlyMap<string, readonly Found[]> {
  const tools = new Map<string, Found[]>([['kakehashi', []]]);
  for (const one of findings) {
    const tool = one.tool ?? 'kakehashi';
    tools.set(tool, [...(tools.get(tool) ?? []), one]);
  }
  return tools;
}

function log(
  findings: readonly Found[],
  version: string | undefined,
  most: number,
  options: SarifOptions,
): Json {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [...byTool(findings)].map(([tool, own]) => run(tool, own, version, most, options)),
  };
}

function run(
  tool: string,
  findings: readonly Found[],
  version: string | undefined,
  most: number,
  options: SarifOptions,
): Json {
  const shown = findings.slice(0, most);
  const ids = [...new Set(shown.map(({ rule }) => rule))].sort();
  const cut = `${shown.length} of ${findings.length} results are in this file, the worst ones; the review has all of them`;
  const seen = new Map<string, number>();
  return {
    tool: {
      driver: {
        name: tool,
        ...(tool === 'kakehashi' && version !== undefined ? { semanticVersion: version } : {}),
        rules: ids.map((id) => ruleOf(id, shown)),
      },
    },
    automationDetails: { id: `${tool}/` },
    // As positions of the catalog are counted; readers may take characters otherwise.
    columnKind: 'utf16CodeUnits',
    invocations: [
      {
        executionSuccessful: true,
        ...(shown.length < findings.length
          ? { toolExecutionNotifications: [{ level: 'warning', message: { text: cut } }] }
          : {}),
      },
    ],
    results: shown.map((one) => result(one, ids.indexOf(one.rule), seen, options)),
  };
}

const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** What GitHub makes of a number: critical from 9, high from 7, medium from 4. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '2.0',
};

function ruleOf(id: string, findings: readonly Found[]): Json {
  const rule = describedRules().find((one) => one.id === id);
  const own = findings.filter((one) => one.rule === id);
  const severity = rule?.severity ?? worst(own);
  const common = {
    id,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { 'security-severity': SCORES[severity], tags: tagsOf(id), precision: 'high' },
  };
  if (rule === undefined)
    return { ...common, shortDescription: { text: own[0]?.text ?? id }, help: { text: `Rule ${id}` } };
  const { title, reason, fix, references } = rule;
  const text = `${title}.\n\n${reason}\n\n${fix}\n\nSee: ${references.join('; ')}`;
  return {
    ...common,
    name: id.replaceAll('-', ''),
    shortDescription: { text: title },
    fullDescription: { text: reason },
    help: {
      text,
      markdown: `**${title}.**\n\n${reason}\n\n**Fix:** ${fix}\n\n${references.map((one) => `- ${one}`).join('\n')}`,
    },
  };
}

function worst(findings: readonly Found[]): Severity {
  return SEVERITIES.find((severity) => findings.some((one) => one.severity === severity)) ?? 'low';
}

const SUBJECTS: Readonly<Record<string, string>> = {
  VPN: 'vpn',
  NET: 'network',
  NODE: 'node',
  VLT: 'vault',
  DKR: 'docker',
  POL: 'policy',
};

function tagsOf(id: string): readonly string[] {
  const subject = SUBJECTS[/^KKH-([A-Z]+)-/.exec(id)?.[1] ?? ''];
  return ['security', ...(subject === undefined ? [] : [subject])];
}

function result(one: Found, ruleIndex: number, seen: Map<string, number>, options: SarifOptions): Json {
  const { rule, severity, verdict, text, stack, address, position, accepted, environment } = one;
  const name = [stack, address].filter((part) => part !== undefined).join('/');
  const key = [rule, environment, stack ?? '', address ?? ''].join('\n');
  const count = seen.get(key) ?? 0;
  seen.set(key, count + 1);
  const message = name === '' ? text : `${name}: ${text}`;
  return {
    ruleId: rule,
    ruleIndex,
    ...(verdict === 'unknown' ? { kind: 'open', level: 'none' } : { level: LEVELS[severity] }),
    message: { text: message },
    locations: [
      {
        ...(position === undefined ? {} : { physicalLocation: physical(position, options) }),
        ...(name === '' ? {} : { logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }] }),
      },
    ],
    // The line is not in it: a finding stays the same where lines move.
    partialFingerprints: { 'kakehashiFinding/v1': fingerprint(`${key}\n${count}`) },
    ...(accepted === undefined
      ? {}
      : { suppressions: [{ kind: 'external', status: 'accepted', justification: justification(accepted) }] }),
    properties: { severity, environment },
  };
}

function justification({ reason, until }: { readonly reason: string; readonly until?: string }): string {
  return until === undefined ? reason : `${reason} (until ${until})`;
}

function fingerprint(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function physical(
  { file, line, column, endColumn }: NonNullable<RuleFinding['position']>,
  { fromRoot = (one) => one }: SarifOptions,
): Json {
  const uri = fromRoot(file).split('/').map(encodeURIComponent).join('/');
  return {
    artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
    region: {
      startLine: line,
      startColumn: column,
      endLine: line,
      endColumn: Math.max(endColumn, column + 1),
    },
  };
}
