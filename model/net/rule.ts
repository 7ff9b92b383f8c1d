import { ValueError } from '../value-error';
import type { Peer } from './peer';
import type { Port } from './port';

/** One thing that a security group allows. */
export interface Rule {
  readonly port: Port;
  readonly peer: Peer;
  /** What it is for. AWS takes up to 255 of `a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*`. */
  readonly description: string;
  /** Why everybody may come in: needed for, and only read with, a public peer. */
  readonly allowPublic?: string;
}

/** Unique and stable: names the rule by what it allows, so its address never moves. Only `[A-Za-z0-9_-]`. */
export function ruleKey(rule: Rule, direction: 'from' | 'to' = 'from'): string {
  return `${rule.port.key}-${direction}-${rule.peer.key}`;
}

/** The characters of a rule's description (EC2 API reference, IpRange.Description). */
export const RULE_DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/**
 * Checks what holds for every ingress rule.
 *
 * @throws {@link ValueError} for 0.0.0.0/0 without a written reason, and for a description that AWS refuses
 */
export function checkIngressRule(rule: Rule): void {
  if (isPublicWithoutReason(rule)) {
    throw new ValueError(
      'a restricted source, or carry the reason why everybody may come in',
      `${rule.port.key} from ${rule.peer.cidr}`,
      { fix: 'name the networks that need it, or write allow_public: "reason"' },
    );
  }
  checkDescription(ruleDescription(rule));
}

/** Whether a rule allows every address and gives no reason for it. */
export function isPublicWithoutReason(rule: Rule): boolean {
  return rule.peer.isPublic && !rule.allowPublic?.trim();
}

/** What the rule says about itself at AWS: with the reason, if it is public, where an auditor looks first. */
export function ruleDescription(rule: Rule): string {
  return rule.allowPublic === undefined
    ? rule.description
    : `${rule.description} (public: ${rule.allowPublic})`;
}

/** @throws {@link ValueError} when AWS would refuse the description */
export function checkDescription(description: string): void {
  if (!RULE_DESCRIPTION.test(description)) {
    throw new ValueError(
      'a description of at most 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces',
      description,
    );
  }
}

/** The rules without those that allow the same thing twice; the first description wins. */
export function distinctRules(rules: readonly Rule[]): readonly Rule[] {
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const key = ruleKey(rule, 'from');
    if (!seen.has(key)) seen.set(key, rule);
  }
  return [...seen.values()];
}
