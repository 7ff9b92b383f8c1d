import { EXIT, UsageError } from '../../base/errors';
import { beside } from '../../base/screen';
import { nearest } from '../../base/text/nearest';
import { describedRules, rulesList, rulesPage, ruleText } from '../../rules/rules-page';
import { withUserRules } from '../../rules/user-rules';
import { reportOf } from '../session/session';
import type { Settings } from '../session/settings';

/** `kakehashi explain`: says what rules want and why; without a rule it lists all, those of the project too. */
export async function explain(
  settings: Settings,
  ids: readonly string[],
  { markdown }: { readonly markdown: boolean },
): Promise<number> {
  const report = reportOf(settings);
  if (markdown) {
    process.stdout.write(rulesPage());
    return EXIT.done;
  }
  const rules = [
    ...describedRules(),
    ...(await withUserRules(
      process.cwd(),
      { mask: (text) => report.log.masks.mask(text) },
      async ({ rules: own }) => own,
    )),
  ];
  const chosen = ids.map((id) => {
    const found = rules.find((rule) => rule.id.toLowerCase() === id.toLowerCase());
    if (found !== undefined) return found;
    const close = nearest(
      id.toUpperCase(),
      rules.map((rule) => rule.id),
    );
    throw new UsageError({
      summary: `there is no rule ${JSON.stringify(id)}${close === undefined ? '' : `; did you mean "${close}"?`}`,
      fixes: ['kakehashi explain lists all rules'],
    });
  });
  for (const { id, severity, title, reason, fix, references } of chosen.length === 0 ? rules : chosen)
    report.event({ type: 'rule', rule: id, severity, title, reason, help: fix, references });
  if (chosen.length === 0) for (const line of rulesList(rules)) report.say(line);
  chosen.forEach((rule, index) => {
    if (index > 0) report.say();
    for (const [label, text] of ruleText(rule)) {
      if (text !== '') report.say(beside(`${label.padEnd(11)} `, [text], report.screen.width));
    }
  });
  return EXIT.done;
}
