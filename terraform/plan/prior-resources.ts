/** One resource of a state, with its attributes. They hold secrets in clear. */
export interface StateResource {
  /** `aws_instance.Nodes["n1"]` */
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Module {
  readonly resources?: readonly Partial<StateResource>[];
  readonly child_modules?: readonly Module[];
}

/**
 * The resources of the state that a plan started from, those of its modules included. A plan that only refreshes starts
 * from what the cloud reports now.
 *
 * @param text - what `terraform show -json <plan>` prints
 */
export function priorResources(text: string): readonly StateResource[] {
  const plan = JSON.parse(text) as {
    readonly prior_state?: { readonly values?: { readonly root_module?: Module } };
  };
  return resourcesOf(plan.prior_state?.values?.root_module);
}

function resourcesOf(module: Module | undefined): readonly StateResource[] {
  const own = (module?.resources ?? []).map(({ address = '', type = '', values = {} }) => ({
    address,
    type,
    values,
  }));
  return [...own, ...(module?.child_modules ?? []).flatMap(resourcesOf)];
}
