// Loaded before a service: its clock is an hour ahead, for its own code and in the header Date, which Node writes by a
// clock of its own.
import { ServerResponse } from 'node:http';

const AHEAD = 3_600_000;
const now = Date.now.bind(Date);
Date.now = () => now() + AHEAD;

const writeHead = ServerResponse.prototype.writeHead;
ServerResponse.prototype.writeHead = function (...args) {
  this.setHeader('date', new Date(Date.now()).toUTCString());
  return writeHead.apply(this, args);
};
