import { manifests } from './command.ts';

process.exitCode = await manifests(process.argv.slice(2));
