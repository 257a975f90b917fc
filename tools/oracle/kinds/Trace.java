package sparkmem.oracle;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.TreeSet;
import org.apache.spark.memory.MemoryManager;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.storage.memory.MemoryStore;
import org.apache.spark.util.io.ChunkedByteBuffer;

/**
 * Does the operations of a trace on a real manager with a real MemoryStore and BlockInfoManager, and
 * writes what came of each as JSON.  Janino compiles it: no generics, no lambdas.
 *
 * Methods whose arguments grew between releases are called by reflection, with Scala's defaults for the rest.
 */
public class Trace implements org.apache.spark.storage.memory.BlockEvictionHandler {
  private static final ByteBuffer CHUNK = ByteBuffer.allocate(1 << 22);

  private final MemoryManager manager;
  private final Object blocks;
  private final MemoryStore store;
  private final ArrayList evicted = new ArrayList();
  private final TreeSet tasks = new TreeSet();
  private final long[] unmanaged = new long[2];
  private Object unmanagedRegistry;
  private Call waiting;

  public Trace(MemoryManager manager, Object conf, boolean poll) throws Exception {
    this.manager = manager;
    blocks = create("org.apache.spark.storage.BlockInfoManager", new Object[0]);
    store = (MemoryStore) create("org.apache.spark.storage.memory.MemoryStore",
        new Object[] {conf, blocks, null, manager, this});
    manager.setMemoryStore(store);
    if (poll) registerConsumers();
  }

  /** BlockManager.dropFromMemory for a block that is on no disk: the block is gone after it. */
  public StorageLevel dropFromMemory(BlockId block, scala.Function0 data, scala.reflect.ClassTag tag) {
    evicted.add(block.name());
    store.remove(block);
    return StorageLevel.NONE();
  }

  /** One operation a line, its parts between tabs; one JSON object a line comes back. */
  public String run(String operations) throws Exception {
    String[] lines = operations.split("\n");
    StringBuilder found = new StringBuilder();
    for (int i = 0; i < lines.length; i++) found.append(step(lines[i].split("\t"))).append('\n');
    if (waiting != null) waiting.cancel();
    return found.toString();
  }

  private String step(String[] op) throws Exception {
    StringBuilder answer = new StringBuilder();
    Call call = null;
    try {
      if (op[0].equals("acqExec")) {
        tasks.add(Long.valueOf(op[2]));
        call = new Call(manager, Long.parseLong(op[1]), Long.parseLong(op[2]), mode(op[3]));
        call.start();
        call.settle();
        if (call.thrown != null) answer.append(error(call.thrown));
        else if (!call.waits) answer.append("\"result\":").append(call.got).append(',');
      } else {
        Object result = act(op);
        if (result != null) answer.append("\"result\":").append(result).append(',');
      }
    } catch (Throwable thrown) {
      answer.append(error(thrown));
    }
    if (waiting != null) {
      waiting.settle();
      if (!waiting.waits) {
        if (waiting.thrown == null) {
          answer.append("\"unblocked\":{\"task\":").append(waiting.task).append(",\"got\":").append(waiting.got).append("},");
        } else if (answer.indexOf("\"error\"") < 0) {
          answer.append(error(waiting.thrown));
        }
        waiting = null;
      }
    }
    if (call != null && call.waits) {
      if (waiting == null) {
        waiting = call;
        answer.append("\"blocks\":true,");
      } else {
        call.cancel();
        answer.append("\"cancelled\":true,");
      }
    }
    if (!evicted.isEmpty()) {
      answer.append("\"evicted\":[");
      for (int i = 0; i < evicted.size(); i++) answer.append(i == 0 ? "" : ",").append(quoted((String) evicted.get(i)));
      answer.append("],");
      evicted.clear();
    }
    return "{" + answer + "\"state\":" + state() + ",\"tasks\":" + tasks() + "}";
  }

  private Object act(String[] op) throws Throwable {
    String name = op[0];
    if (name.equals("put")) return put(op[1], Long.parseLong(op[2]), mode(op[3]));
    if (name.equals("get")) return store.getBytes(BlockId.apply(op[1])).isDefined();
    if (name.equals("remove")) return remove(BlockId.apply(op[1]));
    if (name.equals("pin")) return defined(call(blocks, "lockForReading", new Object[] {BlockId.apply(op[1]), false}));
    if (name.equals("unpin")) return unpin(BlockId.apply(op[1]));
    if (name.equals("acqStorage"))
      return manager.acquireStorageMemory(BlockId.apply(op[1]), Long.parseLong(op[2]), mode(op[3]));
    if (name.equals("relStorage")) manager.releaseStorageMemory(Long.parseLong(op[1]), mode(op[2]));
    else if (name.equals("acqUnroll"))
      return store.reserveUnrollMemoryForThisTask(BlockId.apply(op[1]), Long.parseLong(op[2]), mode(op[3]));
    else if (name.equals("relUnroll")) store.releaseUnrollMemoryForThisTask(mode(op[2]), Long.parseLong(op[1]));
    else if (name.equals("relExec"))
      manager.releaseExecutionMemory(Long.parseLong(op[1]), Long.parseLong(op[2]), mode(op[3]));
    else if (name.equals("relTask")) return manager.releaseAllExecutionMemoryForTask(Long.parseLong(op[1]));
    else if (name.equals("unmanaged")) poll(mode(op[1]), Long.parseLong(op[2]));
    else throw new IllegalStateException("no such operation: " + name);
    return null;
  }

  // Blocks, as BlockManager puts, locks and removes them

  private Boolean put(String name, final long size, MemoryMode mode) throws Throwable {
    BlockId block = BlockId.apply(name);
    boolean isNew = !store.contains(block); // putBytes itself says what it thinks of an old one
    scala.reflect.ClassTag any = scala.reflect.ClassTag$.MODULE$.apply(Object.class);
    if (isNew) {
      Object info = create("org.apache.spark.storage.BlockInfo", new Object[] {StorageLevel.MEMORY_ONLY_SER(), any, false});
      call(blocks, "lockNewBlockForWriting", new Object[] {block, info});
    }
    boolean stored = false;
    try {
      stored = store.putBytes(block, size, mode, new Bytes(size), any);
    } finally {
      if (isNew) call(blocks, stored ? "unlock" : "removeBlock", new Object[] {block});
    }
    return stored;
  }

  private Boolean remove(BlockId block) throws Throwable {
    if (!defined(call(blocks, "lockForWriting", new Object[] {block, false}))) return false;
    boolean removed = store.remove(block);
    call(blocks, "removeBlock", new Object[] {block});
    return removed;
  }

  private Boolean unpin(BlockId block) throws Throwable {
    Object found = call(blocks, "get", new Object[] {block});
    if (!defined(found)) return false;
    Object info = ((scala.Option) found).get();
    if (((Integer) call(info, "readerCount", new Object[0])).intValue() == 0) return false;
    call(blocks, "unlock", new Object[] {block});
    return true;
  }

  private static class Bytes extends scala.runtime.AbstractFunction0 {
    private final long size;
    Bytes(long size) { this.size = size; }
    public Object apply() {
      int whole = (int) (size / CHUNK.capacity()), rest = (int) (size % CHUNK.capacity());
      ByteBuffer[] chunks = new ByteBuffer[whole + (rest > 0 ? 1 : 0)];
      for (int i = 0; i < whole; i++) chunks[i] = (ByteBuffer) CHUNK.duplicate();
      if (rest > 0) {
        chunks[whole] = (ByteBuffer) CHUNK.duplicate();
        chunks[whole].limit(rest);
      }
      return new ChunkedByteBuffer(chunks);
    }
  }

  // Calls that may wait

  private static class Call extends Thread {
    private final MemoryManager manager;
    private final long bytes;
    private final long task;
    private final MemoryMode mode;
    private long got;
    private Throwable thrown;
    private boolean waits;

    Call(MemoryManager manager, long bytes, long task, MemoryMode mode) {
      this.manager = manager;
      this.bytes = bytes;
      this.task = task;
      this.mode = mode;
    }

    public void run() {
      try {
        got = manager.acquireExecutionMemory(bytes, task, mode);
      } catch (Throwable thrown) {
        this.thrown = thrown;
      }
    }

    /** Until it has ended, or waits: only while we hold its monitor does WAITING say that it is in Object.wait. */
    void settle() throws InterruptedException {
      while (true) {
        Thread.State now;
        synchronized (manager) {
          now = getState();
        }
        waits = now == Thread.State.WAITING;
        if (waits) return;
        if (now == Thread.State.TERMINATED) {
          join();
          return;
        }
        Thread.yield();
      }
    }

    void cancel() throws InterruptedException {
      interrupt();
      join();
    }
  }

  // Unmanaged memory: two consumers, and the poll that a thread of Spark's would do now and then

  private void registerConsumers() throws Exception {
    Class registry = Class.forName("org.apache.spark.memory.UnifiedMemoryManager$");
    unmanagedRegistry = registry.getField("MODULE$").get(null);
    call(unmanagedRegistry, "shutdownUnmanagedMemoryPoller", new Object[0]);
    call(unmanagedRegistry, "clearUnmanagedMemoryUsers", new Object[0]);
    MemoryMode[] modes = {MemoryMode.ON_HEAP, MemoryMode.OFF_HEAP};
    for (int i = 0; i < modes.length; i++) {
      final MemoryMode mode = modes[i];
      final Object id = create("org.apache.spark.memory.UnmanagedMemoryConsumerId", new Object[] {"trace", mode.toString()});
      final long[] held = unmanaged;
      Class consumer = Class.forName("org.apache.spark.memory.UnmanagedMemoryConsumer");
      Object proxy = Proxy.newProxyInstance(consumer.getClassLoader(), new Class[] {consumer}, new InvocationHandler() {
        public Object invoke(Object self, Method method, Object[] arguments) {
          if (method.getName().equals("getMemBytesUsed")) return Long.valueOf(held[mode.ordinal()]);
          if (method.getName().equals("memoryMode")) return mode;
          if (method.getName().equals("unmanagedMemoryConsumerId")) return id;
          return method.getName().equals("hashCode") ? (Object) Integer.valueOf(mode.ordinal()) : "consumer";
        }
      });
      call(unmanagedRegistry, "registerUnmanagedMemoryConsumer", new Object[] {proxy});
    }
  }

  private void poll(MemoryMode mode, long bytes) throws Exception {
    unmanaged[mode.ordinal()] = bytes;
    if (unmanagedRegistry != null) call(unmanagedRegistry, "pollUnmanagedMemoryUsers", new Object[0]);
  }

  // What is seen after a step

  private String state() throws Exception {
    StringBuilder found = new StringBuilder("[");
    String[] pools = {"onHeapStorageMemoryPool", "onHeapExecutionMemoryPool", "offHeapStorageMemoryPool",
        "offHeapExecutionMemoryPool"};
    for (int i = 0; i < pools.length; i++) {
      Object pool = call(manager, pools[i], new Object[0]);
      found.append(call(pool, "memoryUsed", new Object[0])).append(',');
      found.append(call(pool, "poolSize", new Object[0])).append(',');
    }
    found.append(manager.storageMemoryUsed()).append(',').append(manager.executionMemoryUsed()).append(',');
    found.append(manager.maxOnHeapStorageMemory()).append(',').append(manager.maxOffHeapStorageMemory()).append(',');
    return found.append(store.currentUnrollMemory()).append(']').toString();
  }

  private String tasks() {
    StringBuilder found = new StringBuilder("{");
    Object[] known = tasks.toArray();
    for (int i = 0; i < known.length; i++) {
      long held = manager.getExecutionMemoryUsageForTask(((Long) known[i]).longValue());
      if (held != 0) found.append(found.length() == 1 ? "" : ",").append(quoted(known[i].toString())).append(':').append(held);
    }
    return found.append('}').toString();
  }

  private static String error(Throwable thrown) {
    return "\"error\":{\"class\":" + quoted(thrown.getClass().getName()) + ",\"message\":" + quoted(thrown.getMessage()) + "},";
  }

  private static String quoted(String text) {
    return '"' + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static MemoryMode mode(String name) {
    return name.equals("off") ? MemoryMode.OFF_HEAP : MemoryMode.ON_HEAP;
  }

  private static boolean defined(Object option) {
    return ((scala.Option) option).isDefined();
  }

  // Reflection

  private static Object create(String name, Object[] given) throws Exception {
    Class type = Class.forName(name);
    java.lang.reflect.Constructor[] constructors = type.getConstructors();
    if (constructors.length == 0) return null;
    java.lang.reflect.Constructor widest = constructors[0];
    for (int i = 1; i < constructors.length; i++) {
      if (constructors[i].getParameterCount() > widest.getParameterCount()) widest = constructors[i];
    }
    Object[] arguments = new Object[widest.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = i < given.length ? given[i] : type.getMethod("$lessinit$greater$default$" + (i + 1), new Class[0]).invoke(null, new Object[0]);
    }
    return widest.newInstance(arguments);
  }

  private static Object call(Object target, String name, Object[] given) throws Exception {
    for (Class type = target.getClass(); type != null; type = type.getSuperclass()) {
      Method[] methods = type.getDeclaredMethods();
      for (int i = 0; i < methods.length; i++) {
        Method method = methods[i];
        boolean named = method.getName().equals(name) || method.getName().endsWith("$$" + name);
        if (!named || method.getParameterCount() < given.length || method.isBridge()) continue;
        Object[] arguments = new Object[method.getParameterCount()];
        System.arraycopy(given, 0, arguments, 0, given.length);
        for (int j = given.length; j < arguments.length; j++) {
          arguments[j] = target.getClass().getMethod(name + "$default$" + (j + 1), new Class[0]).invoke(target, new Object[0]);
        }
        method.setAccessible(true);
        try {
          return method.invoke(target, arguments);
        } catch (java.lang.reflect.InvocationTargetException error) {
          throw error.getCause() instanceof Exception ? (Exception) error.getCause() : error;
        }
      }
    }
    throw new NoSuchMethodException(target.getClass().getName() + "." + name);
  }
}
