-- Sends the bearer tokens of a file in turn. Arguments: the file, the line to begin with, how many lines to read.
local requests = {}
local next_one = 0

function init(args)
  local line_number, first, count = 0, tonumber(args[2]), tonumber(args[3])
  for token in io.lines(args[1]) do
    if line_number >= first and #requests < count then
      wrk.headers["Authorization"] = "Bearer " .. token
      requests[#requests + 1] = wrk.format("GET")
    end
    line_number = line_number + 1
  end
end

function request()
  next_one = next_one % #requests + 1
  return requests[next_one]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write
    + summary.errors.status + summary.errors.timeout
  io.write(string.format('\n{"requests":%d,"micros":%d,"p50":%d,"p99":%d,"failed":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), failed))
end
