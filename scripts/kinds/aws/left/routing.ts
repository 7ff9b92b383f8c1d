import type { Attributes } from '../../../../terraform/state/state-file';
import type { LeftQuestion, WrittenLeft } from '../../left';
import { textOf } from './named';

/** The association of a VPC's main table. Made again, it would take its own table for the original one, and could not be destroyed. */
export const MAIN_ASSOCIATION: WrittenLeft = {
  how: 'state',
  identity: 'its VPC and its table',
  questions: ({ planned }) => mainQuestion(planned),
  attributes: ({ planned }, known) => {
    const [vpc, table] = [textOf(planned, 'vpc_id'), textOf(planned, 'route_table_id')];
    const [answer] = mainQuestion(planned).map((question) => known.answer(question));
    const id: unknown = Array.isArray(answer) ? answer[0] : undefined;
    const original = known
      .objects('aws_vpc')
      .filter((one) => textOf(one, 'id') === vpc)
      .map((one) => textOf(one, 'default_route_table_id'))[0];
    if (typeof id !== 'string' || original === undefined) return undefined;
    return { id, vpc_id: vpc, route_table_id: table, original_route_table_id: original };
  },
};

/** The id of the association by which a table is the main one. */
function mainQuestion(planned: Attributes): readonly LeftQuestion[] {
  const table = textOf(planned, 'route_table_id');
  if (table === undefined || textOf(planned, 'vpc_id') === undefined) return [];
  return [
    {
      data: { aws_route_table: { route_table_id: table } },
      value:
        '${[for one in data.aws_route_table.NAME.associations : one.route_table_association_id if one.main]}',
    },
  ];
}

/** A static route of a VPN connection, which the connection shows. */
export const CONNECTION_ROUTE: WrittenLeft = {
  how: 'state',
  identity: 'its connection and its destination',
  attributes: ({ planned }, known) => {
    const destination = textOf(planned, 'destination_cidr_block');
    const connection = textOf(planned, 'vpn_connection_id');
    const found = known.objects('aws_vpn_connection').find((one) => textOf(one, 'id') === connection);
    const routes: readonly unknown[] = Array.isArray(found?.routes) ? found.routes : [];
    const exists = routes.some(
      (route) =>
        typeof route === 'object' &&
        route !== null &&
        'destination_cidr_block' in route &&
        route.destination_cidr_block === destination,
    );
    if (destination === undefined || connection === undefined || !exists) return undefined;
    return {
      id: `${destination}:${connection}`,
      destination_cidr_block: destination,
      vpn_connection_id: connection,
    };
  },
};

/** The propagation of a gateway's routes into a table, which the table shows. */
export const PROPAGATION: WrittenLeft = {
  how: 'state',
  identity: 'its gateway and its table',
  attributes: ({ planned }, known) => {
    const [gateway, table] = [textOf(planned, 'vpn_gateway_id'), textOf(planned, 'route_table_id')];
    const found = known.objects('aws_route_table').find((one) => textOf(one, 'id') === table);
    const gateways: readonly unknown[] = Array.isArray(found?.propagating_vgws) ? found.propagating_vgws : [];
    if (gateway === undefined || table === undefined || !gateways.includes(gateway)) return undefined;
    return { id: `${gateway}_${table}`, vpn_gateway_id: gateway, route_table_id: table };
  },
};
