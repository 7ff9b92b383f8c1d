import { EXIT, Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { givenText } from '../../base/given-file';
import { Interrupted } from '../../base/interrupted';
import type { Processes } from '../../base/process';
import { readConfiguration } from '../../rules/configuration';
import { allFindings, judgeEnvironment, refusing } from '../../rules/environment';
import type { RuleFinding, Severity } from '../../rules/finding';
import { JsonPositions } from '../../rules/json-position';
import { bySeverity, judge, orFailure } from '../../rules/judge';
import { RULES } from '../../rules/registry';
import type { Resource } from '../../rules/resource';
import { type UserRules, withUserRules } from '../../rules/user-rules';
import type { Report } from '../report/report';
import { refusedText, showRuleFindings } from '../report/rule-findings';
import type { Settings } from '../session/settings';
import { configurationsApart, type ReadEnvironment, threadOptions } from './judge-configurations';

/** From which severity a finding in a configuration of another app lets validate exit with 5. */
const FOREIGN_FLOOR: Severity = 'high';

/** Judges environments, and configurations of other apps, by all rules, and shows what they find. @returns the exit code */
export async function judgeForValidate(
  settings: Settings,
  environments: readonly ReadEnvironment[],
  files: readonly string[],
  report: Report,
  processes: Processes,
): Promise<number> {
  const configurations = await configurationsApart(environments, report, processes);
  if (processes.interrupted) throw new Interrupted();
  let code: number = EXIT.done;
  const note = (worse: number) => {
    if (code !== EXIT.failed && worse !== EXIT.done) code = worse;
  };
  await withUserRules(process.cwd(), threadOptions(report), async (userRules) => {
    for (const [index, { loaded }] of environments.entries()) {
      const stacks = configurations[index] ?? [];
      if (stacks instanceof Error) throw stacks;
      const { environment, policy } = loaded.catalog;
      const options = { userRules, complete: true };
      const findings = await orFailure(async () =>
        allFindings(await judgeEnvironment(loaded, stacks, options)),
      );
      note(shown(environment, findings, policy.floor, settings, report));
    }
    for (const file of files) {
      const findings = await orFailure(() => judgeFile(file, userRules));
      note(shown(shownPath(file), findings, FOREIGN_FLOOR, settings, report));
    }
  });
  return code;
}

function shown(
  name: string,
  findings: readonly RuleFinding[],
  floor: Severity | undefined,
  settings: Settings,
  report: Report,
): number {
  showRuleFindings(findings, report, { color: settings.color, floor, environment: name, named: true });
  const refusals = refusing(findings, floor);
  if (floor === undefined || refusals.length === 0) return EXIT.done;
  report.say(refusedText(name, refusals, floor));
  return EXIT.refused;
}

/** The findings in a configuration that no catalog made, at its own lines. @throws {@link Failure} */
async function judgeFile(file: string, userRules: UserRules): Promise<readonly RuleFinding[]> {
  const stack = shownPath(file);
  const given = givenText(file);
  if ('wrong' in given) throw new Failure({ where: stack, summary: given.wrong });
  const { text } = given;
  let resources: readonly Resource[];
  try {
    resources = readConfiguration(stack, JSON.parse(text));
  } catch (error) {
    throw new Failure(`${stack}: cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const judged = [...judge(RULES, resources), ...(await userRules.judge(resources, {}))].sort(bySeverity);
  const positions = new JsonPositions(stack, text);
  return judged.map(({ attribute, stack: _, ...finding }) => {
    const position = positions.of(finding.address, attribute);
    return { ...finding, ...(position === undefined ? {} : { position }) };
  });
}
