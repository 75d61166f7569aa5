export { createDatabase, type Database, type DatabaseOptions } from './client.ts';
export { explainDatabaseTrouble, isTransient, sqlStateOf } from './errors.ts';
export { plainArray, type Statement, type Statements } from './statements.ts';
export { inTransaction, type Tx } from './transaction.ts';
