/** States of a node, as VCP's SDK shows them, and two more: `ENDED` for good, and `UNKNOWN` from here. */
export type NodeState =
  | 'BOOTING'
  | 'RUNNING'
  | 'SHUTTING_DOWN'
  | 'STOPPED'
  | 'POWER_OFF'
  | 'DELETING'
  | 'HOST_ERROR'
  | 'CONTAINER_ERROR'
  | 'ENDED'
  | 'UNKNOWN';
