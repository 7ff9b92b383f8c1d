/** The addresses of the resources that each resource's configuration refers to, by its address and attribute. */
export type References = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

interface Expression {
  readonly references?: readonly string[];
}

interface ConfiguredResource {
  readonly address: string;
  readonly mode: string;
  readonly expressions?: Readonly<Record<string, Expression | readonly unknown[]>>;
}

/**
 * What the attributes of a plan's resources refer to. Of the configuration nothing else is kept, because it holds values.
 *
 * @param configuration - that of `terraform show -json <plan>`
 */
export function plannedReferences(configuration: unknown): References {
  const { root_module: root } = (configuration ?? {}) as {
    readonly root_module?: { readonly resources?: readonly ConfiguredResource[] };
  };
  const managed = (root?.resources ?? []).filter(({ mode }) => mode === 'managed');
  return Object.fromEntries(managed.map((resource) => [resource.address, referencesOf(resource)]));
}

function referencesOf({ expressions = {} }: ConfiguredResource): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(expressions).flatMap(([attribute, expression]) => {
      const { references = [] } = expression as Expression;
      const addresses = [...new Set(references.map(resourceAddress))];
      return addresses.length > 0 ? [[attribute, addresses]] : [];
    }),
  );
}

/** `aws_subnet.Nodes.id` → `aws_subnet.Nodes` */
function resourceAddress(reference: string): string {
  return reference.split('.').slice(0, 2).join('.');
}
