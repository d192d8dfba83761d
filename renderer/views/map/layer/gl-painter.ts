import type { Painter } from './point-layer'

const vertexSource = `#version 300 es
in vec2 position;
in vec4 colour;
in float size;
uniform vec2 scale;
uniform vec2 middle;
uniform float ratio;
out vec3 ink;
void main() {
  // Greyed points lie behind the others.
  gl_Position = vec4((position - middle) * scale, 0.5 - 0.5 * colour.a, 1.0);
  gl_PointSize = max(1.0, size * ratio / 4.0);
  ink = colour.rgb;
}`

const fragmentSource = `#version 300 es
precision mediump float;
in vec3 ink;
out vec4 drawn;
void main() {
  vec2 fromMiddle = gl_PointCoord - 0.5;
  if (dot(fromMiddle, fromMiddle) > 0.25) discard;
  drawn = vec4(ink, 1.0);
}`

let graphicsCard: boolean | undefined

/** Whether WebGL 2 is there and not computed in software, as far as its name tells. */
export function isGraphicsCard(): boolean {
  if (graphicsCard !== undefined) return graphicsCard
  const gl = document.createElement('canvas').getContext('webgl2')
  const about = gl?.getExtension('WEBGL_debug_renderer_info')
  const name = about ? String(gl?.getParameter(about.UNMASKED_RENDERER_WEBGL)) : ''
  gl?.getExtension('WEBGL_lose_context')?.loseContext()
  graphicsCard = gl !== null && !/swiftshader|llvmpipe|softpipe|software|basic render/i.test(name)
  return graphicsCard
}

/** Draws by WebGL 2; null where there is none. What was drawn stays, so that slices add up. */
export function glPainter(canvas: HTMLCanvasElement, background: readonly number[]): Painter | null {
  const gl = canvas.getContext('webgl2', { alpha: false, antialias: false, preserveDrawingBuffer: true })
  const program = gl && link(gl)
  if (!gl || !program) return null
  const buffers = {
    position: floats(gl, program, 'position', 2, gl.FLOAT, false),
    colour: floats(gl, program, 'colour', 4, gl.UNSIGNED_BYTE, true),
    size: floats(gl, program, 'size', 1, gl.UNSIGNED_BYTE, false),
  }
  const uniform = (name: string) => gl.getUniformLocation(program, name)
  const [scale, middle, ratio] = [uniform('scale'), uniform('middle'), uniform('ratio')]
  let pixelRatio = 1
  const fill = (buffer: WebGLBuffer | null, values: Float32Array | Uint8Array) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW)
  }
  gl.enable(gl.DEPTH_TEST)
  gl.depthFunc(gl.LEQUAL)
  // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's, no hook of React
  gl.useProgram(program)
  return {
    kind: 'webgl',
    place: (positions) => fill(buffers.position, positions),
    look({ colours, sizes }) {
      fill(buffers.colour, colours)
      fill(buffers.size, sizes)
    },
    resize(width, height, devicePixels) {
      pixelRatio = devicePixels
      canvas.width = Math.round(width * devicePixels)
      canvas.height = Math.round(height * devicePixels)
      gl.viewport(0, 0, canvas.width, canvas.height)
    },
    clear() {
      gl.clearColor(background[0] / 255, background[1] / 255, background[2] / 255, 1)
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT)
    },
    paint(view, from, to) {
      gl.uniform2f(scale, (2 * view.scale) / view.width, (2 * view.scale) / view.height)
      gl.uniform2f(middle, view.x, view.y)
      gl.uniform1f(ratio, pixelRatio)
      gl.drawArrays(gl.POINTS, from, to - from)
    },
    close() {
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer)
      gl.deleteProgram(program)
    },
  }
}

function link(gl: WebGL2RenderingContext): WebGLProgram | null {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) return null
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  return gl.getProgramParameter(program, gl.LINK_STATUS) ? program : null
}

function floats(
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  name: string,
  width: number,
  type: number,
  isShare: boolean,
): WebGLBuffer | null {
  const buffer = gl.createBuffer()
  const place = gl.getAttribLocation(program, name)
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
  gl.enableVertexAttribArray(place)
  gl.vertexAttribPointer(place, width, type, isShare, 0, 0)
  return buffer
}
