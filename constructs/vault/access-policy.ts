import { Policy as VaultPolicy } from '@cdktf/provider-vault/lib/policy';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import { grantedRules, limitedAbove } from '../../model/vault/grants';
import { type KvMount, kvRules } from '../../model/vault/kv-paths';
import type { Capability, Policy, PolicyRule } from '../../model/vault/policy';
import { ruleProblem } from '../../model/vault/policy-rules';
import { formatPolicy } from '../../model/vault/policy-text';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkKnown } from '../tokens';
import { checkPolicyName } from './names';

export interface AccessPolicyProps {
  /** In small letters. A change replaces the policy. */
  readonly name: string;
  /** Paths as KV v1 has them, with what may be done there. @default - only what is granted */
  readonly rules?: Policy;
  /** The mounts that rules are about: below one of KV v2, `data/` and `metadata/` come by themselves. @default - those of the grants */
  readonly mounts?: readonly KvMount[];
}

/** Policies that every server has, with why none of them can be made. */
const RESERVED: ReadonlyMap<string, string> = new Map([
  ['root', 'it allows everything, and the server refuses to change it'],
  ['default', 'every token of the server has it, whoever made it'],
  ['response-wrapping', "it is the server's own"],
]);

/** Why paths are no tokens. */
export const POLICY_IS_READABLE = 'what a policy allows must be readable before it is applied';

/** What a grant names below a mount: an exact path, or one that ends in `*`. */
const GRANT_PATH = /^(?!\/)(?!.*\/\/)(?!.*\/$)[^*+\s]*(?:\*|[^*+\s])$/;

/**
 * What the tokens with it may do: a policy from typed rules, and from the grants of mounts.
 *
 * Whatever stands in a path stays text, for the server's language as for Terraform's. Paths are no tokens, so that what
 * a policy allows can be read before it is applied.
 *
 * @throws {@link PropsError} for a rule that the server would refuse, and for policies that every server has
 */
export class AccessPolicy extends Construct {
  readonly policy: VaultPolicy;
  /** What a role's `policies` take. */
  readonly policyName: string;
  private readonly grants: PolicyRule[] = [];
  private readonly mounts = new Map<string, KvMount>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AccessPolicyProps,
  ) {
    super(scope, id);
    checkCore(this);
    this.policyName = props.name;
    this.check(props);
    for (const mount of props.mounts ?? []) this.addMount(mount);
    this.policy = new VaultPolicy(this, 'Resource', {
      name: props.name,
      policy: Lazy.stringValue({ produce: () => formatPolicy(this.rules()) }),
    });
    // Grants may come until the app is synthesized.
    this.node.addValidation({
      validate: () =>
        this.rules().length > 0 ? [] : ['rules: must have at least one rule or grant, got none'],
    });
  }

  /**
   * Allows something below a mount, beside the rules and all other grants; a mount's `grantRead` and its like call it.
   *
   * @param path below the mount: `aws/access_key`, `aws/*`
   * @throws {@link PropsError}
   */
  addGrant(mount: KvMount, path: string, capabilities: readonly Capability[]): void {
    checkKnown(this, 'path', path, POLICY_IS_READABLE);
    if (!GRANT_PATH.test(path)) {
      refuse(this, `path: must be a path like aws/access_key or aws/*, got ${JSON.stringify(path)}`);
    }
    const rule = { path: `${mount.path}/${path}`, capabilities };
    const problem = ruleProblem(rule);
    if (problem !== undefined) refuse(this, problem);
    const limited = limitedAbove(this.props.rules ?? [], rule);
    if (limited !== undefined)
      refuse(
        this,
        `path: must not be below ${limited.path}, whose rule limits requests: the grant would lift the limits, got ${JSON.stringify(rule.path)}`,
      );
    this.addMount(mount);
    this.grants.push(rule);
  }

  private rules(): Policy {
    const { rules = [] } = this.props;
    const mounts = [...this.mounts.values()];
    const granted = grantedRules(rules, this.grants);
    // A grant hides nothing: a side that it is not about needs no rule.
    return [...kvRules(rules, mounts, rules.length + granted.length > 1), ...kvRules(granted, mounts, false)];
  }

  private addMount({ path, version }: KvMount): void {
    checkKnown(this, 'mounts', path, POLICY_IS_READABLE);
    const other = this.mounts.get(path);
    if (other !== undefined && other.version !== version)
      refuse(this, `mounts: must have one version for ${path}, got ${other.version} and ${version}`);
    this.mounts.set(path, { path, version });
  }

  private check({ name, rules = [] }: AccessPolicyProps): void {
    const reason = RESERVED.get(name);
    if (reason !== undefined) refuse(this, `name: must not be ${name}: ${reason}`);
    checkPolicyName(this, 'name', name);
    rules.forEach((rule, index) => {
      checkKnown(this, `rules[${index}].path`, rule.path, POLICY_IS_READABLE);
      const problem = ruleProblem(rule);
      if (problem !== undefined) refuse(this, `rules[${index}]: ${problem}`);
    });
  }
}
