import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import { Construct } from 'constructs';
import { type KvMount, kvRules } from '../../model/vault/kv-paths';
import type { Policy } from '../../model/vault/policy';
import { ruleProblem } from '../../model/vault/policy-rules';
import { formatPolicy } from '../../model/vault/policy-text';
import { PropsError } from '../props-error';
import { checkPolicyName } from './names';

export interface AccessPolicyProps {
  /** In small letters. A change replaces the policy. */
  readonly name: string;
  /** Paths as KV v1 has them, with what may be done there. */
  readonly rules: Policy;
  /** The mounts that rules are about: below one of KV v2, `data/` and `metadata/` come by themselves. @default - none */
  readonly mounts?: readonly KvMount[];
}

/** Policies that every server has, with why none of them can be made. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['root', 'it allows everything, and the server refuses to change it'],
  ['default', 'every token of the server has it, whoever made it'],
  ['response-wrapping', "it is the server's own"],
]);

/**
 * What the tokens with it may do: a policy from typed rules.
 *
 * Whatever stands in a path stays text, for the server's language as for Terraform's.
 *
 * @throws {@link PropsError} for a rule that the server would refuse, and for policies that every server has
 */
export class AccessPolicy extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    this.name = props.name;
    this.check(props);
    new VaultPolicy(this, 'Resource', {
      name: props.name,
      policy: formatPolicy(kvRules(props.rules, props.mounts ?? [])),
    });
  }

  private check({ name, rules }: AccessPolicyProps): void {
    const reason = RESERVED.get(name);
    if (reason !== undefined) {
      throw new PropsError(this.node.path, `name: must not be ${name}: ${reason}`);
    }
    checkPolicyName(this, 'name', name);
    if (rules.length === 0) {
      throw new PropsError(this.node.path, 'rules: must have at least one rule, got none');
    }
    rules.forEach((rule, index) => {
      const problem = ruleProblem(rule);
      if (problem !== undefined) throw new PropsError(this.node.path, `rules[${index}]: ${problem}`);
    });
  }
}
