import { countsText, hasChanges, type UnitPlan } from '../../terraform/plan/unit-plan';

export interface PlanSummary {
  readonly environment: string;
  readonly simulated: boolean;
  readonly destroy: boolean;
  readonly plans: readonly UnitPlan[];
  readonly deferred: readonly { readonly unit: string; readonly because: readonly string[] }[];
  /** What holds of several units together. */
  readonly notes?: readonly string[];
}

/** The plan as a page for a pull request: the answer first, then each unit, its resources folded away. */
export function planMarkdown(summary: PlanSummary): string {
  const { environment, plans, deferred } = summary;
  const changing = plans.filter(hasChanges);
  const answer =
    changing.length === 0 && deferred.length === 0
      ? 'No changes.'
      : `${changing.length} of ${plans.length + deferred.length} units change${deferred.length > 0 ? `, ${deferred.length} deferred` : ''}.`;
  return [
    `# ${summary.destroy ? 'Destruction' : 'Plan'} of ${environment}${summary.simulated ? ' (simulated)' : ''}`,
    '',
    answer,
    ...(summary.notes ?? []).flatMap((note) => ['', `**${escaped(note)}**`]),
    ...(plans.length + deferred.length > 0
      ? [
          '',
          '| unit | changes | what it means |',
          '|---|---|---|',
          ...plans.map(row),
          ...deferred.map(deferredRow),
        ]
      : []),
    ...changing.flatMap(details),
    '',
  ].join('\n');
}

function row(plan: UnitPlan): string {
  return `| ${plan.unit} | ${countsText(plan)} | ${plan.sentences.map(escaped).join('<br>')} |`;
}

function deferredRow(deferred: PlanSummary['deferred'][number]): string {
  return `| ${deferred.unit} | deferred | waits for ${deferred.because.join(', ')} |`;
}

function details(plan: UnitPlan): readonly string[] {
  if (plan.resources.length === 0) return [];
  return [
    '',
    `<details><summary>${plan.unit}: ${plan.resources.length} resources</summary>`,
    '',
    ...plan.resources.map(
      ({ address, action, reason }) =>
        `- ${action} \`${address}\`${reason === undefined ? '' : ` (${reason.replaceAll('_', ' ')})`}`,
    ),
    '',
    '</details>',
  ];
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
