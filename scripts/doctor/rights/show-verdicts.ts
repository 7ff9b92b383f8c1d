import { counted } from '../../../base/text/counted';
import type { Purpose, RightsVerdict } from '../../kinds/rights';
import { type Finding, failed, noted, passed } from '../../report/finding';

/** What verdicts say, one or more findings for each. */
export function findingsOf(verdict: RightsVerdict): readonly Finding[] {
  const { subject, principal, allowed, missing, unknown, refused, limits } = verdict;
  const as = principal === undefined ? '' : `, as ${principal}`;
  if (refused !== undefined) return [failed(subject, `the credentials are refused: ${inOneLine(refused)}`)];
  const all = allowed + missing.length;
  return [
    ...(missing.length > 0
      ? [
          failed(
            subject,
            `${missing.length} of ${counted(all, 'right')} ${missing.length === 1 ? 'is' : 'are'} missing${as}`,
            helpOf(verdict),
          ),
        ]
      : []),
    ...(missing.length === 0 && allowed > 0
      ? [passed(subject, `${counted(allowed, 'right')} ${allowed === 1 ? 'is' : 'are'} there${as}`)]
      : []),
    ...unknown.map((because) => noted(subject, `not checked: ${inOneLine(because)}`)),
    ...(limits === undefined ? [] : [noted(subject, limits)]),
  ];
}

/** Rights by what they are missing on, so that each line can be compared with a policy. */
function helpOf({ missing, remedy }: RightsVerdict): string {
  const places = new Map<string, string[]>();
  for (const { right, on } of missing) places.set(on, [...(places.get(on) ?? []), right]);
  const lines = [...places].map(([on, rights]) => `${[...new Set(rights)].join(', ')} on ${on}`);
  return [
    'grant what is missing:',
    ...lines,
    ...(remedy === undefined ? ['the documents above grant it'] : [remedy]),
  ].join('\n');
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The same for programs. */
export function eventOf(purpose: Purpose, verdict: RightsVerdict) {
  const { subject, principal, allowed, missing, unknown, refused } = verdict;
  return {
    purpose,
    subject,
    ...(principal === undefined ? {} : { principal }),
    allowed,
    missing: missing.map(({ right, on }) => ({ right, on })),
    unknown: unknown.map(inOneLine),
    ...(refused === undefined ? {} : { refused: inOneLine(refused) }),
  };
}

/** Whether the credentials lack something for certain. */
export function isLacking({ missing, refused }: RightsVerdict): boolean {
  return missing.length > 0 || refused !== undefined;
}
