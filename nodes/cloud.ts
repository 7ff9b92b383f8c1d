/** What nodes of a cloud do differently. Each cloud has one, in its own folder. */
export interface NodeCloud {
  /** The cloud's name in messages. */
  readonly name: string;
  /** The text of `cloud.sh`: the functions by which the node's programs speak to the cloud. */
  readonly library: () => string;
  /** What only root may reach: nftables expressions that match packets to the cloud's services for this machine. */
  readonly rootOnly: readonly string[];
  /** Whether nodes can fetch {@link StoredObject}s. */
  readonly hasStoredObjects: boolean;
}
