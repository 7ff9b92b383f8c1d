import { ValueError } from '../value-error';
import type { Peer } from './peer';
import type { Port } from './port';

/** One kind of traffic that a security group allows. */
export interface Rule {
  readonly port: Port;
  readonly peer: Peer;
  /** What the rule is for. Clouds limit the characters and the length. */
  readonly description: string;
  /** Why everybody may come in. A public peer needs it; for any other peer it is not read. */
  readonly allowPublic?: string;
}

/** Unique and stable: names the rule by what it allows, so its address never moves. Only `[A-Za-z0-9_-]`. */
export function ruleKey(rule: Rule, direction: 'from' | 'to' = 'from'): string {
  return `${rule.port.key}-${direction}-${rule.peer.key}`;
}

/**
 * Checks where an ingress rule lets traffic in from.
 *
 * @throws {@link ValueError} for 0.0.0.0/0 without a written reason
 */
export function checkSource(rule: Rule): void {
  if (isPublicWithoutReason(rule)) {
    throw new ValueError(
      'a restricted source, or carry the reason why everybody may come in',
      `${rule.port.key} from ${rule.peer.cidr}`,
      { fix: 'name the networks that need it, or write allow_public: "reason"' },
    );
  }
}

/** Whether a rule allows every address and gives no reason for it. */
export function isPublicWithoutReason(rule: Rule): boolean {
  return rule.peer.isPublic && !rule.allowPublic?.trim();
}

/** The description that the cloud gets. That of a public rule has the reason in it, because an auditor looks there first. */
export function ruleDescription(rule: Rule): string {
  return rule.allowPublic === undefined
    ? rule.description
    : `${rule.description} (public: ${rule.allowPublic})`;
}

/** Leaves out rules that allow the same traffic as an earlier one, whose description wins. */
export function distinctRules(rules: readonly Rule[]): readonly Rule[] {
  const seen = new Map<string, Rule>();
  for (const rule of rules) {
    const key = ruleKey(rule, 'from');
    if (!seen.has(key)) seen.set(key, rule);
  }
  return [...seen.values()];
}
