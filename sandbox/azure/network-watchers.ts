import { type Attributes, filled, text } from '../provider/attributes';
import { AzureError, inferred } from './azure-error';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const WATCHER = 'azurerm_network_watcher';
const LOG = 'azurerm_network_watcher_flow_log';

export const networkWatcher: Rules = {
  form: ID_FORMS[WATCHER],
  id: (cloud, request) => cloud.id(WATCHER, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[WATCHER], request);
    const other = cloud
      .all(WATCHER)
      .find(
        ({ region, attributes }) => region === cloud.subscription && attributes.location === request.location,
      );
    if (other !== undefined)
      throw new AzureError(
        'NetworkWatcherCountLimitReached',
        `Cannot create more than 1 network watchers for this subscription in this region.`,
      );
    return request;
  },
  remove(cloud, { id }) {
    const prefix = `${id}/flowLogs/`.toLowerCase();
    for (const log of cloud.all(LOG)) if (log.id.toLowerCase().startsWith(prefix)) cloud.remove(log);
  },
};

/** The id of what is logged, by whichever argument it is given. */
function targetOf(request: Attributes): string {
  return text(request, 'target_resource_id') || text(request, 'network_security_group_id');
}

export const flowLog: Rules = {
  form: ID_FORMS[LOG],
  id: (cloud, request) =>
    cloud.id(
      LOG,
      text(request, 'resource_group_name'),
      text(request, 'network_watcher_name'),
      text(request, 'name'),
    ),
  create(cloud, request, id) {
    const [group, name] = [text(request, 'resource_group_name'), text(request, 'network_watcher_name')];
    const watcher = cloud.requireParent(WATCHER, LOG, group, name);
    const location = text(watcher.attributes, 'location');
    const target = targetOf(request);
    // Flow logs of security groups cannot be made since 2025-06-30 (learn.microsoft.com, "NSG flow logs").
    if (/\/networkSecurityGroups\//i.test(target))
      throw inferred(
        'NsgFlowLogCreationBlocked',
        'New NSG flow logs cannot be created any more. Use virtual network flow logs.',
      );
    if (/\/virtualNetworks\/[^/]+$/i.test(target))
      cloud.require('azurerm_virtual_network', target, id, location);
    if (/\/subnets\//i.test(target)) cloud.require('azurerm_subnet', target, id);
    return filled(
      { ...request, target_resource_id: target },
      { location, network_security_group_id: '', version: 1 },
    );
  },
};
