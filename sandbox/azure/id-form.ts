/** How ids of one kind of resource look, and how the provider writes them in messages. */
export interface IdForm {
  /** The resource provider in the id. */
  readonly namespace: Namespace;
  /** The name in `parsing the Subnet ID`. */
  readonly kind: string;
  /** The words in `creating Virtual Network Gateway (Subscription: …)`. */
  readonly noun: string;
  /** The segments after the namespace that have a name each, such as `virtualNetworks` and `subnets`. */
  readonly types: readonly string[];
  /** What messages call the name of each of them. */
  readonly labels: readonly string[];
  /** Names in the example id of messages. */
  readonly examples: readonly string[];
}

/** A resource provider of Azure, which ids name. */
type Namespace = `Microsoft.${string}`;

/** A segment of an id that has a name, with the words for the name in messages and in their example. */
export type NamedSegment = readonly [type: string, label: string, example: string];

/** The form of ids in a namespace. @param parts the segments that have a name each, outermost first */
export function form(
  namespace: Namespace,
  kind: string,
  noun: string,
  ...parts: readonly NamedSegment[]
): IdForm {
  return {
    namespace,
    kind,
    noun,
    types: parts.map(([type]) => type),
    labels: parts.map(([, label]) => label),
    examples: parts.map(([, , example]) => example),
  };
}
