// Loaded before a job's own code (`node --import`), it makes WebGPU lose its device once so much was submitted to it.
import { globals } from 'webgpu'

const submissions = Number(process.env.TOPN_LOST_AFTER)
const { GPUAdapter } = globals
const { requestDevice } = GPUAdapter.prototype

GPUAdapter.prototype.requestDevice = async function (...wishes) {
  const device = await requestDevice.apply(this, wishes)
  const { queue } = device
  const submit = queue.submit.bind(queue)
  let left = submissions
  queue.submit = (commands) => {
    submit(commands)
    if (--left === 0) device.destroy()
  }
  return device
}
