import { type BothEnds, endsChange } from '../../review/both-ends';
import { changesText, countsText, hasChanges, type StackPlan } from '../../terraform/plan/stack-plan';
import { endsMarkdown } from './ends-markdown';
import { valueLines } from './value-lines';

export interface PlanSummary {
  readonly environment: string;
  readonly simulated: boolean;
  readonly destroy: boolean;
  readonly plans: readonly StackPlan[];
  readonly deferred: readonly { readonly stack: string; readonly because: readonly string[] }[];
  /** Remarks about several stacks together. */
  readonly notes?: readonly string[];
  /** What changes at the gateway and for the controller. */
  readonly ends?: BothEnds;
}

/** The plan as a Markdown page for a pull request: the result first, then each stack with its resources folded. */
export function planMarkdown(summary: PlanSummary): string {
  const { environment, plans, deferred } = summary;
  const changing = plans.filter(hasChanges);
  const answer =
    changing.length === 0 && deferred.length === 0
      ? summary.ends !== undefined && endsChange(summary.ends)
        ? 'No stack changes; what the controller reads does.'
        : 'No changes.'
      : `${changing.length} of ${plans.length + deferred.length} stacks change${deferred.length > 0 ? `, ${deferred.length} deferred` : ''}.`;
  return [
    `# ${summary.destroy ? 'Destruction' : 'Plan'} of ${environment}${summary.simulated ? ' (simulated)' : ''}`,
    '',
    answer,
    ...(summary.notes ?? []).flatMap((note) => ['', `**${escaped(note)}**`]),
    ...(plans.length + deferred.length > 0
      ? [
          '',
          '| stack | changes | what it means |',
          '|---|---|---|',
          ...plans.map(row),
          ...deferred.map(deferredRow),
        ]
      : []),
    ...(summary.ends === undefined ? [] : endsMarkdown(summary.ends)),
    ...changing.flatMap(details),
    '',
  ].join('\n');
}

function row(plan: StackPlan): string {
  return `| ${plan.stack} | ${countsText(plan)} | ${plan.effects.map(({ text }) => escaped(text)).join('<br>')} |`;
}

function deferredRow(deferred: PlanSummary['deferred'][number]): string {
  return `| ${deferred.stack} | deferred | waits for ${deferred.because.join(', ')} |`;
}

function details(plan: StackPlan): readonly string[] {
  if (plan.resources.length === 0) return [];
  return [
    '',
    `<details><summary>${plan.stack}: ${changesText(plan)}</summary>`,
    '',
    ...plan.resources.map(
      ({ address, action, reason }) =>
        `- ${action} \`${address}\`${reason === undefined ? '' : ` (${reason.replaceAll('_', ' ')})`}`,
    ),
    '',
    '</details>',
    ...valueDetails(plan),
  ];
}

/** Old and new values; tildes, because a value may have backticks in it. */
function valueDetails(plan: StackPlan): readonly string[] {
  const lines = valueLines(plan);
  if (lines.length === 0) return [];
  return [
    '',
    `<details><summary>${plan.stack}: old and new values</summary>`,
    '',
    '~~~~~~diff',
    ...lines,
    '~~~~~~',
    '',
    '</details>',
  ];
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
