import { plannedChanges, unlikeFolder } from '../../../gateway/folder/planned-changes';
import { writeFolder } from '../../../gateway/folder/write';
import { renderGateway, renderPlannedGateway } from '../../../gateway/render/host-files';
import { HiddenKey } from '../../../model/gateway/hidden-key';
import type { GatewayConnection, GatewayHost } from '../../../model/gateway/host';
import { type Address, Pending, plannedAddress } from '../../../model/net/address';
import { SAMPLE_KEYS, sampleConnection, sampleHost } from '../sample-host';
import { folderForEachTest } from '../temporary-folder';

const folder = folderForEachTest();

/** The sample host as a plan sees it: without keys. */
function planned(
  options: { readonly newKeys?: boolean; readonly pending?: boolean } = {},
  host: GatewayHost = sampleHost(),
): GatewayHost<Address> {
  return {
    ...host,
    connections: host.connections.map(
      ({ keys, description, ...rest }): GatewayConnection<Address> => ({
        ...rest,
        description: {
          ...description,
          tunnels: Object.fromEntries(
            Object.entries(description.tunnels).map(([cidr, tunnel]) => [
              cidr,
              options.pending === true ? { ...tunnel, outside_address: new Pending() } : tunnel,
            ]),
          ),
        },
        keys: Object.fromEntries(
          Object.keys(keys).map((cidr) => [cidr, new HiddenKey(cidr, options.newKeys === true)]),
        ),
      }),
    ),
  };
}

describe('plannedChanges', () => {
  it('are none between equal hosts', () => {
    const files = renderPlannedGateway(planned());
    expect(plannedChanges(files, files)).toEqual([]);
  });

  it('show a new key by its tunnel, and no key', () => {
    const before = renderPlannedGateway(planned());
    const after = renderPlannedGateway(planned({ newKeys: true }));
    const changes = plannedChanges(before, after);
    expect(changes.map(({ path, kind }) => [path, kind])).toEqual(
      before.filter(({ path }) => path.endsWith('.secrets')).map(({ path }) => [path, 'changed']),
    );
    expect(changes[0]?.patch).toContain('-198.51.100.10 203.0.113.1 : PSK "<key of 169.254.100.0/30>"');
    expect(changes[0]?.patch).toContain('+198.51.100.10 203.0.113.1 : PSK "<new key of 169.254.100.0/30>"');
    for (const key of SAMPLE_KEYS) expect(JSON.stringify(changes)).not.toContain(key);
  });

  it('show an address that is not known yet, in the order of the inside CIDRs', () => {
    const files = renderPlannedGateway(planned({ pending: true }));
    const connections = files.find(({ path }) => path === 'etc/ipsec.d/kakehashi-dev-aws-default.conf');
    expect(connections?.text).toContain('right=(known after apply)');
    const tunnels = [...(connections?.text.matchAll(/# Inside CIDR (\S+)/g) ?? [])].map((match) => match[1]);
    expect(tunnels).toEqual(['169.254.100.0/30', '169.254.100.4/30']);
    expect(files.every(({ pending }) => pending)).toBe(true);
  });

  it('are added, changed and removed files, sorted by path', () => {
    const text = (path: string, content: string) => ({ path, text: content, mode: 0o644, pending: false });
    const changes = plannedChanges(
      [text('b', 'one\n'), text('c', 'gone\n'), text('d', 'same\n')],
      [text('a', 'new\n'), text('b', 'two\n'), { ...text('d', 'same\n'), mode: 0o600 }],
    );
    expect(changes).toEqual([
      { path: 'a', kind: 'added', patch: '--- /dev/null\n+++ a\n@@ -0,0 +1,1 @@\n+new\n' },
      { path: 'b', kind: 'changed', patch: '--- b\n+++ b\n@@ -1,1 +1,1 @@\n-one\n+two\n' },
      { path: 'c', kind: 'removed', patch: '--- c\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-gone\n' },
      { path: 'd', kind: 'mode', patch: 'mode 644 -> 600\n' },
    ]);
  });

  it('have a type from which no folder is written', () => {
    const files = renderPlannedGateway(planned());
    // @ts-expect-error what a plan shows is not written to a host
    expect(() => writeFolder(folder.path, files)).toBeDefined();
    // @ts-expect-error a host with an unknown address is not rendered to be written
    expect(() => renderGateway(planned({ pending: true }))).not.toThrow();
  });
});

describe('unlikeFolder', () => {
  it('finds nothing in a folder that was written from the same host, whatever its keys are', () => {
    writeFolder(folder.path, renderGateway(sampleHost()));
    expect(unlikeFolder(folder.path, renderPlannedGateway(planned()))).toEqual([]);
  });

  it('finds what was edited, what is gone and what is no longer needed', () => {
    writeFolder(folder.path, renderGateway(sampleHost()));
    folder.put('etc/kakehashi/kakehashi.nft', 'edited\n');
    const other = planned({}, sampleHost({}, [sampleConnection()]));
    const unlike = unlikeFolder(folder.path, renderPlannedGateway(other));
    expect(unlike).toContainEqual({ path: 'etc/kakehashi/kakehashi.nft', kind: 'changed' });
    expect(unlikeFolder(folder.path, []).every(({ kind }) => kind === 'removed')).toBe(true);
  });
});

describe('an address that is not known yet', () => {
  it('prints as Terraform says it, also as JSON', () => {
    expect(String(new Pending())).toBe('(known after apply)');
    expect(JSON.stringify({ address: new Pending() })).toBe('{"address":"(known after apply)"}');
    expect(plannedAddress('(known after apply)')).toEqual(new Pending());
    expect(plannedAddress('203.0.113.1')).toBe('203.0.113.1');
  });
});
