import path from 'node:path';
import { counted } from '../../../base/text/counted';
import { maskedLines } from '../../../base/text/masked-line';
import { visibleText } from '../../../base/visible-text';
import { additionTo } from '../../../scaffold/additions';
import { hasRole, ROLE_STEP } from '../../../scaffold/answers';
import type { Decision, Fate } from '../../../scaffold/ownership';
import type { PackageNeeds } from '../../../scaffold/package-files';
import { type CiSystem, RECORD_PATH } from '../../../scaffold/record';
import { type Answers, EXAMPLE_ADDRESS } from '../../../scaffold/set-keys';
import type { Report } from '../../report/report';
import type { Surroundings } from './surroundings';

const DONE: Readonly<Record<Fate, string>> = {
  new: 'written',
  same: 'no changes',
  updated: 'brought up to date',
  edited: 'edited since, left as it is',
  removed: `removed since, left away (without its line in ${RECORD_PATH} it is written again)`,
  foreign: 'yours, left as it is',
};

const TO_DO: Readonly<Record<Fate, string>> = {
  ...DONE,
  new: 'would be written',
  updated: 'would be brought up to date',
};

export interface Shown {
  readonly dryRun: boolean;
  readonly around: Surroundings;
  readonly needs: PackageNeeds;
}

/** What became of each file; for those that stay, what differs or what to add to them. */
export function showDecisions(
  report: Report,
  decisions: readonly Decision[],
  { dryRun, around, needs }: Shown,
): void {
  const { others, projectAbove } = around;
  const known = new Set([...decisions.map(({ file }) => file.path.split('/')[0]), ...RECORD_PATH.split('/')]);
  const foreign = others.filter(
    (name) => !known.has(name) && !/^(out|state|sandbox\.out|cdktf\.out.*)$/.test(name),
  );
  if (foreign.length > 0)
    report.say(
      `folder    it has ${counted(foreign.length, 'other file or folder', 'other files and folders')}, left as they are`,
    );
  if (projectAbove !== undefined)
    report.say(
      `folder    there is a project above, in ${path.relative(process.cwd(), projectAbove)}; this one is apart from it`,
    );
  const words = dryRun ? TO_DO : DONE;
  const shown = decisions.filter(({ fate }) => fate !== 'same');
  const width = Math.max(0, ...shown.map(({ file }) => file.path.length));
  for (const { file, fate } of decisions) {
    report.event({
      type: 'file',
      path: file.path,
      fate,
      written: !dryRun && (fate === 'new' || fate === 'updated'),
    });
  }
  for (const [index, { file, fate }] of shown.entries())
    report.show(`${index === 0 ? 'files     ' : '          '}${file.path.padEnd(width)}   ${words[fate]}`);
  if (shown.length === 0) report.say(`files     ${counted(decisions.length, 'file')}, no changes`);
  for (const decision of decisions) showDifference(report, decision, needs, dryRun);
}

function showDifference(
  report: Report,
  { file, fate, before }: Decision,
  needs: PackageNeeds,
  dryRun: boolean,
): void {
  if (before === undefined || fate === 'same') return;
  if (fate === 'updated' && (!dryRun || file.generated === true)) return;
  if (fate !== 'updated') {
    const addition = additionTo(file.path, before, needs);
    if (addition !== undefined) {
      report.show(`\nadd to ${file.path}, if you want what it would have:\n${indented(addition)}`);
      return;
    }
    if (['.gitignore', 'package.json', '.gitlab-ci.yml'].includes(file.path)) return;
  }
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = require('diff') as typeof import('diff');
  const [from, to] = [before, file.text].map((text) => maskedLines(text.split(/\r?\n/)).join('\n'));
  const names = fate === 'updated' ? ['now', 'after'] : ['yours', 'what init would write'];
  const patch = createTwoFilesPatch(
    `${file.path} (${names[0]})`,
    `${file.path} (${names[1]})`,
    from ?? '',
    to ?? '',
    undefined,
    undefined,
    { context: 2, headerOptions: FILE_HEADERS_ONLY },
  );
  report.show(`\n${visibleText(patch).trimEnd()}`);
}

function indented(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}

export interface NextSteps {
  readonly folder: string;
  readonly environment: string;
  readonly around: Surroundings;
  readonly answers: Answers;
  readonly ci: CiSystem | undefined;
  readonly decisions: readonly Decision[];
}

/** What the user does before the first real plan, and before CI can do it. */
export function showNextSteps(
  report: Report,
  { environment, around, answers, ci, decisions }: NextSteps,
): void {
  const { public_ip, state_bucket, state_account } = answers;
  const lines = [
    ...(public_ip === EXAMPLE_ADDRESS
      ? [
          `write your gateway's public address into catalog/${environment}.yml: ${EXAMPLE_ADDRESS} is an example`,
        ]
      : []),
    ...(around.repository === undefined
      ? ['git init -b main, and commit: the folder is not in a Git repository yet']
      : []),
    ...(ci !== undefined && state_bucket === undefined && state_account === undefined
      ? [
          `write a backend into catalog/${environment}.yml: the machines of CI need states that all of them reach`,
        ]
      : []),
    ...(ci !== undefined && !hasRole(answers) ? [ROLE_STEP] : []),
    ...(ci === undefined
      ? []
      : [
          `npx kakehashi plan ${environment}, also without credentials, and commit catalog/${environment}.lock.yml: CI plans with --frozen`,
        ]),
  ];
  if (!decisions.some(({ fate }) => fate === 'new') || lines.length === 0) return;
  report.say('\nTo do before the first real plan, and before CI:');
  for (const line of lines) report.say(`  - ${line}`);
}
