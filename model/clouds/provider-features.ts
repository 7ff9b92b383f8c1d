/** What the controller can do with the nodes of a provider (VCP user manual, appendix "Features by provider", 2025). */
export interface ProviderFeatures {
  /** Whether a node can get an address that is chosen for it. */
  readonly fixedAddress: boolean;
  /** Whether a volume that exists already can be attached. */
  readonly existingVolume: boolean;
  /** Whether nodes can bear tags. */
  readonly tags: boolean;
  /** Whether disks can be made by the controller's interface. */
  readonly diskCreation: boolean;
  /** Whether nodes can be switched off and on again. */
  readonly power: boolean;
  /** What a yes or no does not say. */
  readonly remark?: string;
}

const NONE = { existingVolume: false, tags: false, diskCreation: false, power: false } as const;
const ALL = {
  fixedAddress: true,
  existingVolume: true,
  tags: true,
  diskCreation: true,
  power: true,
} as const;

/** By the provider's name in a catalog. A provider that is absent has no row in the manual. */
export const PROVIDER_FEATURES: Readonly<Record<string, ProviderFeatures>> = {
  aws: ALL,
  azure: ALL,
  aws_spot: {
    ...ALL,
    tags: false,
    power: false,
    remark: 'disks are made under aws; the request is tagged, the instance is not',
  },
  sakura: { ...ALL, tags: false },
  oracle: { ...ALL, power: false, remark: "the SDK's own manual says that nodes can be switched off and on" },
  gcp: { ...NONE, fixedAddress: true, existingVolume: true },
  vmware: { ...NONE, fixedAddress: true },
  hokudai: { ...NONE, fixedAddress: true },
  abc: { ...NONE, fixedAddress: true },
  aic: { ...NONE, fixedAddress: true },
  chameleon: { ...NONE, fixedAddress: true, remark: 'no fixed addresses on the network sharedwan1' },
};

const NAMES: readonly (readonly [keyof Omit<ProviderFeatures, 'remark'>, string])[] = [
  ['fixedAddress', 'fixed addresses'],
  ['existingVolume', 'existing volumes'],
  ['tags', 'tags'],
  ['diskCreation', 'creation of disks'],
  ['power', 'power off and on'],
];

/** `Nodes: fixed addresses, tags; not: power off and on`, or undefined for a provider of which nothing is known. */
export function featuresText(provider: string): string | undefined {
  const features = Object.hasOwn(PROVIDER_FEATURES, provider) ? PROVIDER_FEATURES[provider] : undefined;
  if (features === undefined) return undefined;
  const named = (wanted: boolean) =>
    NAMES.filter(([key]) => features[key] === wanted)
      .map(([, name]) => name)
      .join(', ');
  const parts = [named(true), named(false) && `not: ${named(false)}`, features.remark ?? ''];
  return `Nodes: ${parts.filter((part) => part !== '').join('; ')}`;
}
