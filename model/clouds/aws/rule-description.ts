import { checkSource, type Rule, ruleDescription } from '../../net/rule';
import { ValueError } from '../../value-error';

/** The descriptions that a security group's rules may have (EC2 API reference, IpRange.Description). */
const RULE_DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/** @throws {@link ValueError} when AWS would refuse the description */
export function checkDescription(description: string): void {
  if (!RULE_DESCRIPTION.test(description)) {
    throw new ValueError(
      'a description of at most 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces',
      description,
    );
  }
}

/**
 * Checks an ingress rule of a security group.
 *
 * @throws {@link ValueError} for 0.0.0.0/0 without a written reason, and for a description that AWS refuses
 */
export function checkIngressRule(rule: Rule): void {
  checkSource(rule);
  checkDescription(ruleDescription(rule));
}
