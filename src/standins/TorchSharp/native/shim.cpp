// The whole native side of the stand-in: a C interface to libtorch's dispatcher.
//
// No operator has code of its own here. An operator is found once by its schema name and called with a flat array of
// tagged values; the dispatcher does the rest (autograd, devices, dtypes). What else is here is what the dispatcher
// doesn't offer: tensor handles, backward and grad, custom autograd functions, generators, grad modes, devices.
//
// A tensor handle is the TensorImpl itself with one reference owned by the caller; 0 is the undefined tensor.
// Every function that can fail returns a negative number (or null) and leaves its message in torchref_error().
// It uses only interfaces whose source is the same from libtorch 1.13 to 2.x; the binary interface is not, so it must be
// compiled against the libtorch that it runs on.

#include <torch/csrc/autograd/autograd.h>
#include <torch/csrc/autograd/custom_function.h>
#include <torch/torch.h>
#include <torch/version.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#define SHIM extern "C" __attribute__((visibility("default")))

namespace {

enum Tag : int32_t {
    TagNone, TagTensor, TagInt, TagDouble, TagBool, TagComplex, TagInts, TagDoubles, TagBools, TagTensors, TagString,
    TagDevice, TagGenerator
};

// One argument or result: 24 bytes, the same layout as `Value` in C#.
struct Value {
    int32_t tag;
    int32_t count;                                    // lists: number of items; device: its type
    union { int64_t i; double d; void* p; };          // device: its index
    union { int64_t bytes; double imaginary; };       // tensor results: bytes of storage that only it holds
};
static_assert(sizeof(Value) == 24, "the C# side lays values out in 24 bytes");

enum class Kind : uint8_t { Other, Tensor, Float, Bool, Int, Ints, Doubles, Bools, Tensors, OptionalTensors, Device };

struct Operator {
    c10::OperatorHandle handle;
    std::vector<Kind> kinds;                          // what each parameter of the schema takes
    std::vector<c10::IValue> defaults;                // None where there is no default
    std::string name;
};

thread_local std::string lastError;

int64_t fail(const std::string& message) { lastError = message; return -1; }

// Runs `body`; an exception becomes the last error and `otherwise` the result.
template <class Body, class Result>
Result guarded(Result otherwise, Body body) {
    try {
        return body();
    } catch (const c10::Error& e) {
        lastError = e.what_without_backtrace();
    } catch (const std::exception& e) {
        lastError = e.what();
    } catch (...) {
        lastError = "an error of unknown type in libtorch";
    }
    return otherwise;
}

void* release(at::Tensor tensor) { return tensor.defined() ? tensor.unsafeReleaseTensorImpl() : nullptr; }

at::Tensor borrow(void* handle) {
    if (!handle) return {};
    auto impl = static_cast<c10::TensorImpl*>(handle);
    return at::Tensor(c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>::reclaim_copy(impl));
}

std::vector<at::Tensor> borrowAll(void* const* handles, int64_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int64_t i = 0; i < count; ++i) tensors.push_back(borrow(handles[i]));
    return tensors;
}

void releaseAll(std::vector<at::Tensor> tensors, void** handles) {
    for (auto& tensor : tensors) *handles++ = release(std::move(tensor));
}

Kind kindOf(const c10::TypePtr& type) {
    switch (type->kind()) {
        case c10::TypeKind::OptionalType: return kindOf(type->castRaw<c10::OptionalType>()->getElementType());
        case c10::TypeKind::TensorType: return Kind::Tensor;
        case c10::TypeKind::FloatType: return Kind::Float;
        case c10::TypeKind::BoolType: return Kind::Bool;
        case c10::TypeKind::IntType: case c10::TypeKind::SymIntType: return Kind::Int;
        case c10::TypeKind::DeviceObjType: return Kind::Device;
        case c10::TypeKind::ListType: {
            auto item = type->castRaw<c10::ListType>()->getElementType();
            if (item->kind() == c10::TypeKind::OptionalType) return Kind::OptionalTensors;
            switch (kindOf(item)) {
                case Kind::Tensor: return Kind::Tensors;
                case Kind::Float: return Kind::Doubles;
                case Kind::Bool: return Kind::Bools;
                default: return Kind::Ints;
            }
        }
        default: return Kind::Other;
    }
}

c10::IValue toIValue(const Value& value, Kind kind) {
    switch (value.tag) {
        case TagNone: return {};
        case TagTensor: return borrow(value.p);
        case TagInt: return kind == Kind::Float ? c10::IValue(static_cast<double>(value.i)) : c10::IValue(value.i);
        case TagDouble: return value.d;
        case TagBool: return value.i != 0;
        case TagComplex: return c10::complex<double>(value.d, value.imaginary);
        case TagInts: {
            auto items = static_cast<const int64_t*>(value.p);
            if (kind == Kind::Doubles) return std::vector<double>(items, items + value.count);
            return std::vector<int64_t>(items, items + value.count);
        }
        case TagDoubles: {
            auto items = static_cast<const double*>(value.p);
            return std::vector<double>(items, items + value.count);
        }
        case TagBools: {
            auto items = static_cast<const uint8_t*>(value.p);
            c10::List<bool> list;
            for (int32_t i = 0; i < value.count; ++i) list.push_back(items[i] != 0);
            return list;
        }
        case TagTensors: {
            auto handles = static_cast<void* const*>(value.p);
            if (kind == Kind::OptionalTensors) {
                c10::List<c10::optional<at::Tensor>> list;
                for (int32_t i = 0; i < value.count; ++i)
                    list.push_back(handles[i] ? c10::optional<at::Tensor>(borrow(handles[i])) : c10::nullopt);
                return list;
            }
            c10::List<at::Tensor> list;
            list.reserve(value.count);
            for (int32_t i = 0; i < value.count; ++i) list.push_back(borrow(handles[i]));
            return list;
        }
        case TagString: return std::string(static_cast<const char*>(value.p), value.count);
        case TagDevice:
            return c10::Device(static_cast<c10::DeviceType>(value.count), static_cast<c10::DeviceIndex>(value.i));
        case TagGenerator: return *static_cast<at::Generator*>(value.p);
        default: throw std::runtime_error("torchref shim: unknown argument tag " + std::to_string(value.tag));
    }
}

void putTensor(Value& value, at::Tensor tensor) {
    value.tag = TagTensor;
    value.bytes = tensor.defined() && tensor.has_storage() && tensor.storage().use_count() == 1
        ? static_cast<int64_t>(tensor.storage().nbytes()) : 0;
    value.p = release(std::move(tensor));
}

void fromIValue(c10::IValue&& result, Value& value) {
    value = {};
    if (result.isTensor()) putTensor(value, std::move(result).toTensor());
    else if (result.isInt()) { value.tag = TagInt; value.i = result.toInt(); }
    else if (result.isDouble()) { value.tag = TagDouble; value.d = result.toDouble(); }
    else if (result.isBool()) { value.tag = TagBool; value.i = result.toBool(); }
    else if (result.isComplexDouble()) {
        auto complex = result.toComplexDouble();
        value.tag = TagComplex; value.d = complex.real(); value.imaginary = complex.imag();
    } else if (result.isTensorList()) {
        auto tensors = result.toTensorVector();
        auto items = new Value[tensors.size()]();
        for (size_t i = 0; i < tensors.size(); ++i) putTensor(items[i], std::move(tensors[i]));
        value.tag = TagTensors; value.count = static_cast<int32_t>(tensors.size()); value.p = items;
    } else if (!result.isNone()) {
        throw std::runtime_error("torchref shim: a result of type " + result.tagKind() + " has no counterpart in C#");
    }
}

}  // namespace

// ---------------------------------------------------------------------------------------------------- the shim itself

SHIM const char* torchref_error() { return lastError.c_str(); }

SHIM const char* torchref_built_with() { return TORCH_VERSION; }

// Large temporaries come and go with every eager operator. Unless told so, glibc maps and unmaps each of them anew,
// and the page faults cost as much as the arithmetic. 32 MB is the most that glibc takes for the first.
SHIM void torchref_keep_freed_memory() {
#ifdef __GLIBC__
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 1 << 30);
#endif
}

SHIM int64_t torchref_config(int32_t what, char* buffer, int64_t size) {
    return guarded<>(int64_t(-1), [&] {
        auto text = what == 0 ? at::show_config() : at::get_parallel_info();
        if (static_cast<int64_t>(text.size()) <= size) std::memcpy(buffer, text.data(), text.size());
        return static_cast<int64_t>(text.size());
    });
}

// ---------------------------------------------------------------------------------------------------------- operators

SHIM Operator* torchref_operator(const char* name, const char* overload) {
    return guarded<>(static_cast<Operator*>(nullptr), [&]() -> Operator* {
        auto handle = c10::Dispatcher::singleton().findSchema({name, overload});
        if (!handle) {
            fail("this libtorch (" TORCH_VERSION ") has no operator '" + std::string(name) +
                 (*overload ? "." + std::string(overload) : "") + "'");
            return nullptr;
        }
        auto found = new Operator{*handle, {}, {}, name};
        for (auto& argument : handle->schema().arguments()) {
            found->kinds.push_back(kindOf(argument.type()));
            found->defaults.push_back(argument.default_value() ? *argument.default_value() : c10::IValue());
        }
        return found;
    });
}

// Arguments that are left out at the end take the schema's defaults. Returns the number of results; without room for any
// they are dropped.
SHIM int64_t torchref_call(Operator* op, const Value* arguments, int64_t count, Value* results, int64_t capacity) {
    return guarded<>(int64_t(-1), [&] {
        auto declared = static_cast<int64_t>(op->kinds.size());
        if (count > declared)
            return fail(op->name + " takes at most " + std::to_string(declared) + " arguments but got " + std::to_string(count));
        torch::jit::Stack stack;
        stack.reserve(declared);
        for (int64_t i = 0; i < count; ++i) stack.push_back(toIValue(arguments[i], op->kinds[i]));
        for (int64_t i = count; i < declared; ++i) stack.push_back(op->defaults[i]);
        op->handle.callBoxed(stack);
        auto produced = static_cast<int64_t>(stack.size());
        if (capacity == 0) return produced;
        if (produced > capacity)
            return fail(op->name + " has " + std::to_string(produced) + " results but room is for " + std::to_string(capacity));
        for (int64_t i = 0; i < produced; ++i) fromIValue(std::move(stack[i]), results[i]);
        return produced;
    });
}

SHIM void torchref_free_list(Value* items) { delete[] items; }

// ------------------------------------------------------------------------------------------------------------ tensors

struct Meta {
    int64_t dimensions, elements, offset;
    const int64_t* sizes;
    const int64_t* strides;
    void* data;
    int32_t dtype, elementSize, deviceType, deviceIndex, layout, flags;   // flags: see Flag in C#
};

SHIM void torchref_release(void* tensor) {
    c10::raw::intrusive_ptr::decref(static_cast<c10::TensorImpl*>(tensor));
}

SHIM void* torchref_retain(void* tensor) { return release(borrow(tensor)); }

SHIM int64_t torchref_meta(void* handle, Meta* meta) {
    return guarded<>(int64_t(-1), [&] {
        auto tensor = borrow(handle);
        auto dense = tensor.layout() == c10::kStrided;
        auto local = tensor.has_storage() && tensor.device().type() != c10::DeviceType::Meta;
        *meta = {};
        meta->dimensions = tensor.dim();
        meta->elements = tensor.numel();
        meta->sizes = tensor.sizes().data();
        if (dense) { meta->strides = tensor.strides().data(); meta->offset = tensor.storage_offset(); }
        meta->data = dense && local ? tensor.data_ptr() : nullptr;
        meta->dtype = static_cast<int32_t>(tensor.scalar_type());
        meta->elementSize = static_cast<int32_t>(tensor.element_size());
        meta->deviceType = static_cast<int32_t>(tensor.device().type());
        meta->deviceIndex = tensor.device().index();
        meta->layout = static_cast<int32_t>(tensor.layout());
        meta->flags = tensor.requires_grad() | tensor.is_leaf() << 1 | (dense && tensor.is_contiguous()) << 2
            | tensor.is_conj() << 3 | tensor.is_neg() << 4 | tensor.is_inference() << 5;
        return int64_t(0);
    });
}

using Deleter = void (*)(void*);

// A tensor over memory that the caller owns; `deleter(context)` is called when nothing uses it any more.
SHIM void* torchref_from_memory(void* data, const int64_t* sizes, int64_t dimensions, int32_t dtype, Deleter deleter, void* context) {
    return guarded<>(static_cast<void*>(nullptr), [&] {
        return release(at::from_blob(data, at::IntArrayRef(sizes, dimensions), [deleter, context](void*) { deleter(context); },
                                     at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype))));
    });
}

SHIM int64_t torchref_requires_grad(void* tensor, int32_t value) {
    return guarded<>(int64_t(-1), [&] { borrow(tensor).set_requires_grad(value != 0); return int64_t(0); });
}

SHIM int64_t torchref_grad(void* tensor, void** gradient) {
    return guarded<>(int64_t(-1), [&] {
        auto& grad = borrow(tensor).mutable_grad();
        *gradient = release(grad);
        return int64_t(0);
    });
}

SHIM int64_t torchref_set_grad(void* tensor, void* gradient) {
    return guarded<>(int64_t(-1), [&] { borrow(tensor).mutable_grad() = borrow(gradient); return int64_t(0); });
}

// ----------------------------------------------------------------------------------------------------------- autograd

SHIM int64_t torchref_backward(void* const* tensors, int64_t count, void* const* gradients, int64_t gradientCount,
                               int32_t retain, int32_t create, void* const* inputs, int64_t inputCount) {
    return guarded<>(int64_t(-1), [&] {
        torch::autograd::backward(borrowAll(tensors, count), borrowAll(gradients, gradientCount),
                                  static_cast<bool>(retain), create != 0, borrowAll(inputs, inputCount));
        return int64_t(0);
    });
}

SHIM int64_t torchref_gradients(void* const* outputs, int64_t count, void* const* inputs, int64_t inputCount,
                                void* const* gradients, int64_t gradientCount, int32_t retain, int32_t create,
                                int32_t allowUnused, void** results) {
    return guarded<>(int64_t(-1), [&] {
        releaseAll(torch::autograd::grad(borrowAll(outputs, count), borrowAll(inputs, inputCount),
                                         borrowAll(gradients, gradientCount), static_cast<bool>(retain), create != 0,
                                         allowUnused != 0), results);
        return int64_t(0);
    });
}

// 0: grad mode, 1: inference mode
SHIM int32_t torchref_mode(int32_t which) {
    return which == 0 ? c10::GradMode::is_enabled() : c10::InferenceMode::is_enabled();
}

SHIM void torchref_set_grad_mode(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }

SHIM void* torchref_inference_begin(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }

SHIM void torchref_inference_end(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// --------------------------------------------------------------------------------------------- custom autograd functions

namespace {

// Managed code fills `outputs` (at most `capacity` handles, each owned by the receiver) and returns how many, or a
// negative number after it has left a message by torchref_set_error.
using Callback = int64_t (*)(void* state, torch::autograd::AutogradContext* context, void** inputs, int64_t count,
                             void** outputs, int64_t capacity);
Callback forwardCallback, backwardCallback;
Deleter stateDeleter;

// Frees the managed state when autograd drops the node, on whichever thread that is.
struct State : torch::CustomClassHolder {
    State(void* state, size_t count) : managed(state), inputs(count) {}
    ~State() override { stateDeleter(managed); }
    void* managed;
    size_t inputs;
};

constexpr const char* StateKey = "torchref";

std::vector<at::Tensor> callManaged(Callback callback, torch::autograd::AutogradContext* context, void* state,
                                    std::vector<at::Tensor> inputs, size_t capacity) {
    std::vector<void*> in(inputs.size()), out(capacity);
    auto count = static_cast<int64_t>(inputs.size());
    releaseAll(std::move(inputs), in.data());
    auto produced = callback(state, context, in.data(), count, out.data(), static_cast<int64_t>(capacity));
    if (produced < 0) throw std::runtime_error(lastError);
    std::vector<at::Tensor> outputs;
    for (int64_t i = 0; i < produced; ++i) {
        outputs.push_back(borrow(out[i]));
        if (out[i]) torchref_release(out[i]);
    }
    return outputs;
}

constexpr size_t MostOutputs = 64;

struct ManagedFunction : torch::autograd::Function<ManagedFunction> {
    // Autograd finds the inputs by walking an at::TensorList; in a std::vector it would not see them.
    static torch::autograd::variable_list forward(torch::autograd::AutogradContext* context, at::TensorList inputs, void* state) {
        context->saved_data[StateKey] = c10::IValue::make_capsule(c10::make_intrusive<State>(state, inputs.size()));
        return callManaged(forwardCallback, context, state, {}, MostOutputs);   // it has its inputs already
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        auto capsule = context->saved_data[StateKey].toCapsule();
        auto state = static_cast<State*>(capsule.get());
        auto results = callManaged(backwardCallback, context, state->managed, std::move(gradients), state->inputs);
        results.resize(state->inputs + 1);                  // the last belongs to `state`, which has no gradient
        return results;
    }
};

}  // namespace

SHIM void torchref_set_callbacks(Callback forward, Callback backward, Deleter deleter) {
    forwardCallback = forward; backwardCallback = backward; stateDeleter = deleter;
}

SHIM void torchref_set_error(const char* message) { lastError = message; }

SHIM int64_t torchref_apply(void* state, void* const* inputs, int64_t count, void** outputs, int64_t capacity) {
    return guarded<>(int64_t(-1), [&] {
        auto tensors = borrowAll(inputs, count);
        auto results = ManagedFunction::apply(at::TensorList(tensors), state);
        auto produced = static_cast<int64_t>(results.size());
        if (produced > capacity) return fail("a custom function may return at most " + std::to_string(capacity) + " tensors");
        releaseAll(std::move(results), outputs);
        return produced;
    });
}

SHIM void torchref_context_save(torch::autograd::AutogradContext* context, void* const* tensors, int64_t count) {
    context->save_for_backward(borrowAll(tensors, count));
}

SHIM int64_t torchref_context_saved(torch::autograd::AutogradContext* context, void** tensors, int64_t capacity) {
    return guarded<>(int64_t(-1), [&] {
        auto saved = context->get_saved_variables();
        auto count = static_cast<int64_t>(saved.size());
        if (count <= capacity) releaseAll(std::move(saved), tensors);
        return count;
    });
}

SHIM void torchref_context_mark(torch::autograd::AutogradContext* context, int32_t dirty, void* const* tensors, int64_t count) {
    if (dirty) context->mark_dirty(borrowAll(tensors, count));
    else context->mark_non_differentiable(borrowAll(tensors, count));
}

SHIM void torchref_context_materialize(torch::autograd::AutogradContext* context, int32_t value) {
    context->set_materialize_grads(value != 0);
}

// --------------------------------------------------------------------------------------- random numbers, threads, devices

SHIM void* torchref_generator(int32_t deviceType, int64_t deviceIndex, int32_t shared) {
    return guarded<>(static_cast<void*>(nullptr), [&]() -> void* {
        auto device = c10::Device(static_cast<c10::DeviceType>(deviceType), static_cast<c10::DeviceIndex>(deviceIndex));
        auto generator = at::globalContext().defaultGenerator(device);
        return new at::Generator(shared ? generator : generator.clone());
    });
}

SHIM void torchref_generator_release(at::Generator* generator) { delete generator; }

SHIM int64_t torchref_generator_seed(at::Generator* generator, int32_t set, int64_t seed) {
    return guarded<>(int64_t(-1), [&] {
        std::lock_guard<std::mutex> lock(generator->mutex());
        if (set == 1) generator->set_current_seed(static_cast<uint64_t>(seed));
        return static_cast<int64_t>(set == 2 ? generator->seed() : generator->current_seed());
    });
}

SHIM void* torchref_generator_state(at::Generator* generator, void* state) {
    return guarded<>(static_cast<void*>(nullptr), [&]() -> void* {
        std::lock_guard<std::mutex> lock(generator->mutex());
        if (!state) return release(generator->get_state());
        generator->set_state(borrow(state));
        return state;
    });
}

SHIM int64_t torchref_manual_seed(int64_t seed) {
    return guarded<>(int64_t(-1), [&] { torch::manual_seed(static_cast<uint64_t>(seed)); return int64_t(0); });
}

// 0: threads within an operator, 1: between operators
SHIM int64_t torchref_threads(int32_t which, int64_t set) {
    return guarded<>(int64_t(-1), [&] {
        if (set > 0 && which == 0) at::set_num_threads(static_cast<int>(set));
        if (set > 0 && which == 1) at::set_num_interop_threads(static_cast<int>(set));
        return int64_t(which == 0 ? at::get_num_threads() : at::get_num_interop_threads());
    });
}

SHIM int64_t torchref_cuda(int32_t what, int64_t value) {
    return guarded<>(int64_t(-1), [&] {
        switch (what) {
            case 0: return static_cast<int64_t>(torch::cuda::device_count());
            case 1: return static_cast<int64_t>(torch::cuda::cudnn_is_available());
            case 2: torch::cuda::synchronize(value); return int64_t(0);
            default: torch::cuda::manual_seed_all(static_cast<uint64_t>(value)); return int64_t(0);
        }
    });
}

// Switches of libtorch's global context. 0: deterministic algorithms, 1: TF32 products, 2: TF32 in cuDNN, 3: cuDNN,
// 4: the element type of floating-point tensors that are asked for without one
SHIM int64_t torchref_switch(int32_t which, int32_t set) {
    return guarded<>(int64_t(-1), [&] {
        auto& context = at::globalContext();
        if (set >= 0) {
            if (which == 0) context.setDeterministicAlgorithms(set != 0, false);
            if (which == 1) context.setAllowTF32CuBLAS(set != 0);
            if (which == 2) context.setAllowTF32CuDNN(set != 0);
            if (which == 3) context.setUserEnabledCuDNN(set != 0);
            if (which == 4) c10::set_default_dtype(caffe2::TypeMeta::fromScalarType(static_cast<c10::ScalarType>(set)));
        }
        if (which == 4) return static_cast<int64_t>(c10::get_default_dtype_as_scalartype());
        return int64_t(which == 0 ? context.deterministicAlgorithms() : which == 1 ? context.allowTF32CuBLAS()
                       : which == 2 ? context.allowTF32CuDNN() : context.userEnabledCuDNN());
    });
}
