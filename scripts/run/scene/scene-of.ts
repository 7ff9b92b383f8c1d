import { listed } from '../../../base/text/listed';
import { groupOf, type Loaded, networkOf } from '../../../catalog/environment/catalog';
import type { AdoptedEntry } from '../../../catalog/ground/adopted-entry';
import type { Kind, Stack } from '../../../catalog/kinds/registry';
import { KIND_NAMES } from '../../../catalog/kinds/registry';
import type { Scene, ScenePart } from '../../../draw/scene';
import { driverOf } from '../../kinds/registry';
import {
  type Drawn,
  entryId,
  gatewayId,
  type KindScene,
  nodesPart,
  partsOf,
  siteId,
} from '../../kinds/scene';

/** What a picture of an environment shows. It is made of the catalog and its lock alone, without Terraform. */
export function sceneOf(loaded: Loaded, outside: Drawn['outside'] = () => undefined): Scene {
  const { catalog, stacks } = loaded;
  const { environment } = catalog;
  const drawn = { loaded, outside };
  const scenes = [
    ...KIND_NAMES.flatMap((kind) => {
      const own = stacks.filter((stack) => stack.kind === kind);
      return own.length > 0
        ? own.map((stack) => stackScene(drawn, stack))
        : [driverOf({ kind }).existingScene?.(drawn) ?? { parts: [], links: [] }];
    }),
  ];
  return {
    version: 1,
    environments: [environment],
    parts: [
      ...siteParts(loaded),
      ...distinct(scenes.flatMap(({ parts }) => parts)),
      ...catalog.adopted.map((entry) => adoptedPart(environment, entry)),
    ],
    links: scenes.flatMap(({ links }) => links),
  };
}

function stackScene<K extends Kind>(drawn: Drawn, stack: Stack<K> & { readonly kind: K }): KindScene {
  const { environment } = drawn.loaded.catalog;
  const part = partsOf(environment, stack.id);
  if (stack.gone) {
    const lines = ['gone from the catalog'];
    return {
      parts: [part(`${environment}/gone/${stack.id}`, 'gone', stack.id, { lines, resources: ['*'] })],
      links: [],
    };
  }
  const scene = driverOf(stack).scene?.(drawn, stack);
  if (scene !== undefined) return scene;
  const group = groupOf(drawn.loaded, stack);
  if (group !== undefined) {
    return { parts: [nodesPart(environment, group, stack.id, entryId(environment, group.entry))], links: [] };
  }
  const network = networkOf(drawn.loaded, stack);
  const title = network === undefined ? stack.id : `${network.noun ?? 'network'} ${network.cidrs.join(', ')}`;
  const lines = network === undefined ? [stack.members.join(', ')] : [network.key];
  const id = `${environment}/${network?.key ?? stack.id}`;
  return { parts: [part(id, 'network', title, { lines, resources: ['*'] })], links: [] };
}

function siteParts({ catalog, sharers }: Loaded): readonly ScenePart[] {
  const { environment, site } = catalog;
  if (site === undefined) return [];
  const { controller, subnets, asn, gateways, mesh } = site;
  const environments = [environment];
  const within = siteId(site);
  return [
    {
      id: within,
      kind: 'site',
      environments,
      title: `Site ${listed(subnets.map(String))}`,
      lines: [
        `controller ${controller.address}`,
        `ASN ${asn}`,
        ...(mesh ? ['networks reach each other through it'] : []),
      ],
      ...(sharers.length === 0 ? {} : { sharedWith: sharers }),
    },
    ...gateways.map((gateway): ScenePart => {
      const { name, publicIp, address, daemon, version, behindNat, linkMtu, metric } = gateway;
      return {
        id: gatewayId(gateway),
        kind: 'gateway',
        environments,
        title: `Gateway ${name === undefined ? '' : `${name} `}${publicIp}`,
        lines: [
          `${daemon} ${version} on ${address}${behindNat ? ', behind NAT' : ''}`,
          `link MTU ${linkMtu}`,
          ...(name === undefined ? [] : [`metric ${metric}`]),
        ],
        within,
      };
    }),
  ];
}

function adoptedPart(environment: string, { provider, name, cidr }: AdoptedEntry): ScenePart {
  const key = `${provider}/${name}`;
  return {
    id: entryId(environment, key),
    kind: 'entry',
    environments: [environment],
    title: key,
    lines: cidr === undefined ? [] : [String(cidr)],
  };
}

/** A host that several stacks name is there once. */
function distinct(parts: readonly ScenePart[]): readonly ScenePart[] {
  return [...new Map(parts.map((part) => [part.id, part])).values()];
}
