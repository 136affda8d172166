#!/usr/bin/env node
// Here and not in dist, so that npm links it before anything is built.
import { run } from '../dist/conformance/command.js';

process.exitCode = await run(process.argv.slice(2), process);
