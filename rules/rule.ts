import type { Severity } from './finding';
import { blockAddress, type Resource } from './resource';
import { referencesIn } from './values';

/** What a rule says of a resource. No secret is in it. */
export interface Found {
  /** What is wrong, as a sentence without a full stop. */
  readonly text: string;
  /** The argument that it is about: `metadata_options.http_tokens`. @default - the resource as a whole */
  readonly attribute?: string;
  /** @default 'violated' */
  readonly verdict?: 'violated' | 'unknown';
  /** Less than the rule's own, where this case is less bad. @default - the rule's */
  readonly severity?: Severity;
}

/** What must hold of the resources of a configuration. */
export interface Rule {
  /** `KKH-VPN-02` */
  readonly id: string;
  readonly severity: Severity;
  /** What must hold, as a sentence without a full stop. */
  readonly title: string;
  /** Why. */
  readonly reason: string;
  /** How to make it hold. */
  readonly fix: string;
  /** RFCs, pages of vendors, and rules of other tools that look at the same: `CKV_AWS_79`. */
  readonly references: readonly string[];
  /** What it judges, one by one: `aws_vpn_connection`, `data.aws_ami`, `provider.vault`, `output`. `*` is all resources. */
  readonly types: readonly string[];
  /**
   * Judges one of them. It must not pass over what it can't see: that is `unknown`.
   *
   * @throws whatever goes wrong: the rule is then reported as an error, and nothing counts as passed
   */
  readonly judge: (resource: Resource, context: RuleContext) => readonly Found[];
}

/** What a resource stands in. */
export interface RuleContext {
  /** All of the run, of all its stacks. */
  readonly resources: readonly Resource[];
  /** The networks behind the site's gateway, by CIDR. @default - nobody says which they are */
  readonly networks?: readonly string[];
}

export function violated(text: string, attribute?: string, severity?: Severity): Found {
  return {
    text,
    ...(attribute === undefined ? {} : { attribute }),
    ...(severity === undefined ? {} : { severity }),
  };
}

export function unseen(text: string, attribute?: string): Found {
  return { ...violated(text, attribute), verdict: 'unknown' };
}

/** The resources of some types in the stack of a resource. */
export function beside(
  { stack }: Pick<Resource, 'stack'>,
  { resources }: RuleContext,
  ...types: readonly string[]
): readonly Resource[] {
  return resources.filter((other) => other.stack === stack && types.includes(other.type));
}

/** The resources of a type whose argument refers to a resource. */
export function referring(
  resource: Resource,
  context: RuleContext,
  type: string,
  attribute: string,
): readonly Resource[] {
  const address = blockAddress(resource);
  return beside(resource, context, type).filter(({ written }) =>
    referencesIn(written[attribute]).includes(address),
  );
}

/** An output of a resource's stack; undefined where there is none. */
export function outputOf(resource: Pick<Resource, 'stack'>, context: RuleContext, name: string): unknown {
  return beside(resource, context, 'output').find((output) => output.name === name)?.values.value;
}
