import type { Sentences } from '../../../../main/contract/texts/sentences'

/** What the engine says of workspaces, the work under way in them, and the connection to them. */
export const workspaceSentences: Sentences = {
  'TopN met an error of its own; the log has it.': 'TopN 内部出错，详情见日志。',
  'Cancelled.': '已取消。',
  'There is no job {id}.': '没有任务 {id}。',
  'This window belongs to another version of TopN. Reload it.': '此窗口属于另一个版本的 TopN。请重新加载。',
  'Another workspace is being opened. Wait until it is open.': '正在打开另一个工作区。请稍候。',
  'Work is under way: {titles}. Wait until it is done, or cancel it.': '任务正在进行：{titles}。请等待完成或取消。',
  'The workspace {folder} cannot be made. Choose another folder.': '无法建立工作区 {folder}。请选择其他文件夹。',
  'The workspace {folder} is open in {who}. Close it there, or choose another workspace.':
    '工作区 {folder} 已在 {who} 中打开。请在那里关闭，或选择其他工作区。',
  '{path} cannot be opened. Check its permissions and the space on the disk.':
    '无法打开 {path}。请检查权限和磁盘空间。',
  '{path} is damaged or not a workspace of TopN. Restore it from a copy, or choose another workspace.':
    '{path} 已损坏，或不是 TopN 的工作区。请从备份恢复，或选择其他工作区。',
  '{path} was written by a newer TopN. Open it with that version.': '{path} 由更新版本的 TopN 写入。请用该版本打开。',
  'The data needs more memory than the database may use. Close other programs, or use less data.':
    '数据所需内存超出数据库可用的内存。请关闭其他程序，或减少数据。',
  '{title} is {state}; only failed or cancelled work is repeated.':
    '{title} 的状态不允许：只有失败或已取消的任务可以重试。',
  'The disk of the workspace is full. Free some space and try again.': '工作区所在磁盘已满。请腾出空间后重试。',
  'The connection is gone: {reason}.': '连接已断开：{reason}。',
  'The connection was refused. Open the address with its token, as TopN printed it.':
    '连接被拒绝。请打开 TopN 显示的、带令牌的地址。',
  'The upload was cut off. Try again.': '上传中断。请重试。',
  'The workspace was closed.': '工作区已关闭。',
}
