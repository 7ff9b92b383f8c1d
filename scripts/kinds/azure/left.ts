import type { Attributes } from '../../../terraform/state/state-file';
import type { ImportedLeft, LeftQuestion, LeftTypes } from '../left';

/** The subscription of the stack's provider, which begins every id. */
const SUBSCRIPTION: LeftQuestion = {
  data: { azurerm_client_config: {} },
  value: '${data.azurerm_client_config.NAME.subscription_id}',
};

/** A role definition has a random id; its name is unique in a tenant. */
const ROLE_DEFINITION: ImportedLeft = {
  how: 'import',
  identity: 'its name and its scope',
  lists: true,
  questions: ({ planned }) => roleQuestions(planned),
  ids: ({ planned }, known) =>
    roleQuestions(planned).flatMap((question) => {
      const id = known.answer(question);
      return typeof id === 'string' && id !== '' ? [`${id}|${String(planned.scope)}`] : [];
    }),
};

function roleQuestions({ name, scope }: Attributes): readonly LeftQuestion[] {
  if (typeof name !== 'string' || typeof scope !== 'string') return [];
  return [
    {
      data: { azurerm_role_definition: { name, scope } },
      value: '${data.azurerm_role_definition.NAME.id}',
      failsWithout: true,
    },
  ];
}

/** Ids of Azure follow from names. @param form - the id, with attributes in braces; without the subscription where it begins with a slash */
function named(form: string, remove?: (id: string) => string): ImportedLeft {
  const inSubscription = form.startsWith('/');
  return {
    how: 'import',
    identity: 'the names in its id',
    ...(inSubscription ? { questions: () => [SUBSCRIPTION] } : {}),
    ids: ({ planned }, known) => {
      const subscription = inSubscription ? known.answer(SUBSCRIPTION) : '';
      const id = filled(form, planned);
      if (id === undefined || typeof subscription !== 'string') return [];
      return [inSubscription ? `/subscriptions/${subscription}${id}` : id];
    },
    ...(remove === undefined ? {} : { remove }),
  };
}

/** The form with the attributes in it; undefined where one is not known yet. */
function filled(form: string, attributes: Attributes): string | undefined {
  let isKnown = true;
  const text = form.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = attributes[name];
    if (typeof value === 'string' && value !== '') return value;
    isKnown = false;
    return '';
  });
  return isKnown ? text : undefined;
}

const remove = (id: string): string => `az resource delete --ids ${id}`;
const inGroup = (type: string): ImportedLeft =>
  named(`/resourceGroups/{resource_group_name}/providers/${type}/{name}`, remove);
const inAccount = (type: string): ImportedLeft =>
  named(
    `/resourceGroups/{resource_group_name}/providers/Microsoft.Automation/automationAccounts/{automation_account_name}/${type}/{name}`,
    remove,
  );
const ACCOUNT =
  '/resourceGroups/{resource_group_name}/providers/Microsoft.Automation/automationAccounts/{automation_account_name}';

/**
 * How what a killed apply made on Azure is found, of all types that networks and node groups have.
 *
 * Forms of ids: hashicorp/azurerm 4.55.0, "Import" of each resource's page.
 */
export const AZURE_LEFT: LeftTypes = {
  azurerm_automation_account: inGroup('Microsoft.Automation/automationAccounts'),
  azurerm_automation_job_schedule: {
    how: 'import',
    identity: 'its schedule and its runbook',
    questions: () => [SUBSCRIPTION],
    ids: ({ planned }, known) => {
      const subscription = known.answer(SUBSCRIPTION);
      const [schedule, runbook] = ['schedules/{schedule_name}', 'runbooks/{runbook_name}'].map((part) =>
        filled(`${ACCOUNT}/${part}`, planned),
      );
      if (typeof subscription !== 'string' || schedule === undefined || runbook === undefined) return [];
      const scope = `/subscriptions/${subscription}`;
      return [`${scope}${schedule}|${scope}${runbook}`];
    },
  },
  azurerm_automation_runbook: inAccount('runbooks'),
  azurerm_automation_schedule: inAccount('schedules'),
  azurerm_key_vault: inGroup('Microsoft.KeyVault/vaults'),
  // Its id has a version that only the vault knows, and a data source would read its value: the refusal to make it again names it.
  azurerm_key_vault_secret: { how: 'import', identity: 'the id that a refusal names', ids: () => [] },
  azurerm_linux_virtual_machine: inGroup('Microsoft.Compute/virtualMachines'),
  azurerm_local_network_gateway: inGroup('Microsoft.Network/localNetworkGateways'),
  azurerm_managed_disk: inGroup('Microsoft.Compute/disks'),
  azurerm_monitor_autoscale_setting: inGroup('Microsoft.Insights/autoScaleSettings'),
  azurerm_nat_gateway: inGroup('Microsoft.Network/natGateways'),
  azurerm_nat_gateway_public_ip_association: named('{nat_gateway_id}|{public_ip_address_id}'),
  azurerm_network_interface: inGroup('Microsoft.Network/networkInterfaces'),
  azurerm_network_interface_security_group_association: named(
    '{network_interface_id}|{network_security_group_id}',
  ),
  azurerm_network_security_group: inGroup('Microsoft.Network/networkSecurityGroups'),
  azurerm_network_security_rule: named(
    '/resourceGroups/{resource_group_name}/providers/Microsoft.Network/networkSecurityGroups/{network_security_group_name}/securityRules/{name}',
  ),
  azurerm_network_watcher_flow_log: named(
    '/resourceGroups/{resource_group_name}/providers/Microsoft.Network/networkWatchers/{network_watcher_name}/flowLogs/{name}',
    remove,
  ),
  azurerm_orchestrated_virtual_machine_scale_set: inGroup('Microsoft.Compute/virtualMachineScaleSets'),
  azurerm_proximity_placement_group: inGroup('Microsoft.Compute/proximityPlacementGroups'),
  azurerm_public_ip: inGroup('Microsoft.Network/publicIPAddresses'),
  azurerm_resource_group: named(
    '/resourceGroups/{name}',
    (id) => `az group delete --name ${id.split('/').at(-1)}`,
  ),
  azurerm_role_assignment: named('{scope}/providers/Microsoft.Authorization/roleAssignments/{name}'),
  azurerm_role_definition: ROLE_DEFINITION,
  azurerm_route_table: inGroup('Microsoft.Network/routeTables'),
  azurerm_subnet: named(
    '/resourceGroups/{resource_group_name}/providers/Microsoft.Network/virtualNetworks/{virtual_network_name}/subnets/{name}',
  ),
  azurerm_subnet_nat_gateway_association: named('{subnet_id}'),
  azurerm_subnet_network_security_group_association: named('{subnet_id}'),
  azurerm_subnet_route_table_association: named('{subnet_id}'),
  azurerm_user_assigned_identity: inGroup('Microsoft.ManagedIdentity/userAssignedIdentities'),
  azurerm_virtual_machine_data_disk_attachment: {
    how: 'import',
    identity: 'its machine and its disk',
    ids: ({ planned: { virtual_machine_id: machine, managed_disk_id: disk } }) =>
      typeof machine === 'string' && typeof disk === 'string'
        ? [`${machine}/dataDisks/${disk.split('/').at(-1)}`]
        : [],
  },
  azurerm_virtual_network: inGroup('Microsoft.Network/virtualNetworks'),
  azurerm_virtual_network_gateway: inGroup('Microsoft.Network/virtualNetworkGateways'),
  azurerm_virtual_network_gateway_connection: inGroup('Microsoft.Network/connections'),
  azurerm_virtual_network_gateway_nat_rule: named('{virtual_network_gateway_id}/natRules/{name}'),
  terraform_data: { how: 'again', because: 'writes it into the state alone' },
};
