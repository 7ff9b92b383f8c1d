import type { Origins } from '../origins';

/** What of the section `controller` makes the resources of its stack. */
export const controllerOrigins: Origins = ({ type, name, attribute = '' }) => {
  const below = (...steps: readonly string[]) => [['controller', ...steps], ['controller']];
  if (type === 'provider') return below('host');
  if (type === 'docker_image') return below('images', name.includes('Notebook') ? 'jupyter' : 'occtr');
  if (/^ports.*ip/.test(attribute)) return below('bind');
  if (attribute.startsWith('ports')) return below('ports');
  if (/^(volumes|mounts)/.test(attribute)) return below('volumes');
  if (attribute.startsWith('image')) return below('images');
  return name.includes('Notebook') ? below('jupyter') : [['controller']];
};
