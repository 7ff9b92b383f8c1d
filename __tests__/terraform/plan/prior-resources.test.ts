import { priorResources } from '../../../terraform/plan/prior-resources';

test('finds the resources of the root module and of modules in modules', () => {
  const inner = { resources: [{ type: 'c', values: { id: '3' } }] };
  const root_module = {
    resources: [{ address: 'a.X', type: 'a', values: { id: '1' } }],
    child_modules: [{ resources: [{ type: 'b' }], child_modules: [inner] }, {}],
  };
  expect(priorResources(JSON.stringify({ prior_state: { values: { root_module } } }))).toEqual([
    { address: 'a.X', type: 'a', values: { id: '1' } },
    { address: '', type: 'b', values: {} },
    { address: '', type: 'c', values: { id: '3' } },
  ]);
});

test.each(['{}', '{"prior_state":{}}', '{"prior_state":{"values":{"root_module":{}}}}'])(
  'finds none in %s',
  (text) => {
    expect(priorResources(text)).toEqual([]);
  },
);
