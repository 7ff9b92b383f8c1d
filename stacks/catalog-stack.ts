import { type TerraformElement, TerraformOutput, TerraformStack } from 'cdktf';
import { type Construct, Node } from 'constructs';
import type { BackendType } from '../catalog/ground/backend';
import type { Json } from '../catalog/ground/json';
import type { Site } from '../catalog/ground/site';
import { type SiteConnection, siteEnds, siteOutput } from '../model/gateway/site-output';
import { literal } from './literal';
import { StateBackend } from './state-backend';

export interface CatalogStackProps {
  readonly environment: string;
  readonly backend: { readonly type: BackendType; readonly settings: Readonly<Record<string, Json>> };
}

/**
 * A stack of the catalog as Terraform reads it: one state, in its backend.
 *
 * With a provider alone it is what is synthesized for a stack that is gone from the catalog: without resources, so that
 * the plan shows the destruction of what the state still holds.
 */
export class CatalogStack extends TerraformStack {
  /** Path by address, to refuse what would silently become one resource. */
  private readonly addresses = new Map<string, string>();

  constructor(scope: Construct, id: string, { backend }: CatalogStackProps) {
    super(scope, id);
    new StateBackend(this, backend.type, backend.settings);
  }

  /**
   * Nothing to prepare: cdktf resolves every token once more here to find references to other stacks, of which there
   * are none by design (no stack reads another one's state), and that took a third of the synthesis.
   */
  override prepareStack(): void {}

  /**
   * `Vpn_Connection` instead of cdktf's `Vpn_Connection_8A263831`: what a plan shows is what a person reads. A construct's
   * main resource, `Resource`, has the construct's own name, as in cdktf.
   */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    const { path } = element instanceof Node ? element : element.node;
    const address = path
      .slice(this.node.path.length + 1)
      .replace(/\/Resource$/, '')
      .replaceAll('/', '_');
    const owner = this.addresses.get(address) ?? path;
    if (owner !== path || !/^[A-Za-z_][A-Za-z0-9_-]*$/.test(address)) {
      throw new Error(
        `${path}: its address "${address}" must be unique and of A-Z a-z 0-9 _ -, but ${owner} has it`,
      );
    }
    this.addresses.set(address, path);
    return address;
  }

  /**
   * The output `site`: the site's end of the stack's connections, so that a plan sees what changes there.
   *
   * @param site - undefined where nothing of the stack is connected to it
   * @param connections - by the keys that {@link connectionKey} gives them
   */
  protected siteOutput(
    environment: string,
    site: Site | undefined,
    connections: Readonly<Record<string, SiteConnection>>,
  ): void {
    if (site === undefined) {
      this.output('site', {});
      return;
    }
    const [first, ...others] = siteEnds(environment, site, connections).map((end) =>
      end.keyReference === undefined ? end : { ...end, keyReference: literal(end.keyReference) },
    );
    this.output('site', first === undefined ? {} : siteOutput([first, ...others]));
  }

  /** Declared on the stack, so that it keeps its name. */
  protected output(name: string, value: unknown, sensitive = false): void {
    const output = new TerraformOutput(this, name, { value, ...(sensitive ? { sensitive } : {}) });
    output.overrideLogicalId(name);
  }
}
