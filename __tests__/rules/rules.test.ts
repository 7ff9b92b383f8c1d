import { readConfiguration, withPlanned } from '../../rules/configuration';
import { judge } from '../../rules/judge';
import { RULES } from '../../rules/registry';
import { RULE_CASES } from '../fixtures/rules/all';
import type { RuleCase } from '../fixtures/rules/case';

/** As cdktf writes it: what is undefined is not there. */
function written(json: unknown): unknown {
  return JSON.parse(JSON.stringify(json));
}

function found({ rule, json, planned = [] }: RuleCase) {
  const resources = withPlanned(readConfiguration('here', written(json)), planned);
  return judge(
    RULES.filter(({ id }) => id === rule),
    resources,
  );
}

describe('rules', () => {
  test.each(RULE_CASES.map((one) => [one.rule, one.verdict, one.name, one] as const))(
    '%s: %s: %s',
    (_, verdict, __, one) => {
      const findings = found(one);
      const verdicts = new Set(findings.map((finding) => finding.verdict));
      if (verdict === 'good') {
        expect(findings).toEqual([]);
        return;
      }
      expect(verdicts).toContain(verdict === 'bad' ? 'violated' : 'unknown');
      if (verdict === 'unknown') expect(verdicts).not.toContain('violated');
      const { says = '', attribute, severity } = one;
      const fitting = findings.find(({ text }) => text.includes(says));
      expect(findings.map(({ text }) => text)).toEqual(
        expect.arrayContaining([expect.stringContaining(says)]),
      );
      if (attribute !== undefined) expect(findings.map((finding) => finding.attribute)).toContain(attribute);
      if (severity !== undefined) expect(fitting?.severity).toBe(severity);
    },
  );

  test('each rule has a good, a bad and an unknown case', () => {
    const kinds = RULES.map(({ id }) => [
      id,
      ['good', 'bad', 'unknown'].filter((kind) =>
        RULE_CASES.some(({ rule, verdict }) => rule === id && verdict === kind),
      ),
    ]);
    expect(kinds).toEqual(RULES.map(({ id }) => [id, ['good', 'bad', 'unknown']]));
  });

  test('there are forty, each with an id, a title, a reason, a fix and references', () => {
    expect(RULES).toHaveLength(40);
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(40);
    for (const { id, title, reason, fix, references, types } of RULES) {
      expect(id).toMatch(/^KKH-(VPN|NET|NODE|VLT|DKR)-\d\d$/);
      for (const text of [title, reason, fix]) expect(text.length).toBeGreaterThan(10);
      expect(title).not.toMatch(/\.$/);
      expect(references.length).toBeGreaterThan(0);
      expect(types.length).toBeGreaterThan(0);
    }
  });
});
