const { projects } = require('./jest.config');

const folder = process.env.MUTATE ?? 'model';
const [room] = folder.split('/');

/** The tests of the folder and those of its room as a whole, without those that start programs. */
module.exports = {
  ...projects[0],
  testMatch: [`<rootDir>/__tests__/${room}/*.test.ts`, `<rootDir>/__tests__/${folder}/**/*.test.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/gateway/(live|check)/'],
};
