using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LoopGen.EndToEnd.Tests.Symbols;

/// <summary>An assembly and its PDB: which line each instruction belongs to, and what the locals are called.</summary>
internal sealed class ProgramSymbols : IDisposable
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid Sha256 = new("8829D00F-11B8-4213-878B-770E8597AC16");

    private readonly PEReader assembly;
    private readonly MetadataReaderProvider provider;
    private readonly MetadataReader metadata;
    private readonly MetadataReader pdb;

    /// <summary>Opens an assembly whose PDB lies beside it.</summary>
    public ProgramSymbols(string path)
    {
        this.assembly = new PEReader(File.OpenRead(path));
        this.metadata = this.assembly.GetMetadataReader();
        if (!this.assembly.TryOpenAssociatedPortablePdb(path, File.OpenRead, out var opened, out _))
        {
            throw new FileNotFoundException($"{path} has no portable PDB.");
        }

        this.provider = opened!;
        this.pdb = this.provider.GetMetadataReader();
    }

    /// <summary>Every source file.</summary>
    public IEnumerable<SourceDocument> Documents => this.pdb.Documents.Select(this.Read);

    /// <summary>Every method that has lines in a file of this name, with its points in the order of its code.</summary>
    public IEnumerable<(MethodDefinition Method, IReadOnlyList<SequencePoint> Points)> MethodsIn(string file)
        => from handle in this.metadata.MethodDefinitions
           let points = this.PointsOf(handle)
           where points.Count > 0 && Path.GetFileName(this.PathOf(points[0])) == file
           select (this.metadata.GetMethodDefinition(handle), points);

    /// <summary>The line that an instruction belongs to, or null if it belongs to none.</summary>
    public (string File, int Line)? LineAt(int method, int offset)
        => this.PointAt(method, offset) is { } point ? (this.PathOf(point), point.StartLine) : null;

    /// <summary>The instructions of the line that an instruction belongs to: from the first to before the last.</summary>
    public (int From, int To)? RangeAt(int method, int offset)
    {
        var points = this.PointsOf(Handle(method));
        var index = points.ToList().FindLastIndex(point => point.Offset <= offset);
        return index < 0 ? null : (points[index].Offset, index + 1 < points.Count ? points[index + 1].Offset : int.MaxValue);
    }

    /// <summary>The method and the first instruction of a line.</summary>
    public (int Method, int Offset) Find(string file, int line)
        => (from handle in this.metadata.MethodDefinitions
            from point in this.PointsOf(handle)
            where !point.IsHidden && point.StartLine == line && Path.GetFileName(this.PathOf(point)) == file
            select (MetadataTokens.GetToken(handle), point.Offset)).First();

    /// <summary>The locals in scope at an instruction: their names and slots.</summary>
    public IEnumerable<(string Name, int Slot)> LocalsAt(int method, int offset)
        => from handle in this.pdb.GetLocalScopes(Handle(method))
           let scope = this.pdb.GetLocalScope(handle)
           where scope.StartOffset <= offset && offset < scope.EndOffset
           from variable in scope.GetLocalVariables()
           let local = this.pdb.GetLocalVariable(variable)
           select (this.pdb.GetString(local.Name), local.Index);

    /// <summary>The names of the attributes on a method and on the types around it.</summary>
    public IEnumerable<string> AttributesOf(MethodDefinition method)
    {
        var names = method.GetCustomAttributes().Select(this.NameOf).ToList();
        for (var type = method.GetDeclaringType(); !type.IsNil; type = this.metadata.GetTypeDefinition(type).GetDeclaringType())
        {
            names.AddRange(this.metadata.GetTypeDefinition(type).GetCustomAttributes().Select(this.NameOf));
        }

        return names;
    }

    /// <summary>A method's name.</summary>
    public string NameOf(MethodDefinition method) => this.metadata.GetString(method.Name);

    /// <summary>A method's name.</summary>
    public string NameOf(int method) => this.NameOf(this.metadata.GetMethodDefinition(Handle(method)));

    /// <inheritdoc/>
    public void Dispose()
    {
        this.provider.Dispose();
        this.assembly.Dispose();
    }

    private static MethodDefinitionHandle Handle(int method) => (MethodDefinitionHandle)MetadataTokens.EntityHandle(method);

    private SequencePoint? PointAt(int method, int offset)
    {
        var before = this.PointsOf(Handle(method)).Where(point => point.Offset <= offset && !point.IsHidden).ToList();
        return before.Count == 0 ? null : before[^1];
    }

    private IReadOnlyList<SequencePoint> PointsOf(MethodDefinitionHandle method)
        => [.. this.pdb.GetMethodDebugInformation(method.ToDebugInformationHandle()).GetSequencePoints()];

    private string PathOf(SequencePoint point) => this.pdb.GetString(this.pdb.GetDocument(point.Document).Name);

    private SourceDocument Read(DocumentHandle handle)
    {
        var document = this.pdb.GetDocument(handle);
        var isEmbedded = this.pdb.GetCustomDebugInformation(handle)
            .Any(information => this.pdb.GetGuid(this.pdb.GetCustomDebugInformation(information).Kind) == EmbeddedSource);
        return new SourceDocument(
            this.pdb.GetString(document.Name), this.pdb.GetGuid(document.HashAlgorithm) == Sha256,
            Convert.ToHexString(this.pdb.GetBlobBytes(document.Hash)), isEmbedded);
    }

    private string NameOf(CustomAttributeHandle handle)
    {
        var constructor = this.metadata.GetCustomAttribute(handle).Constructor;
        if (constructor.Kind == HandleKind.MethodDefinition)
        {
            var type = this.metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
            return this.metadata.GetString(this.metadata.GetTypeDefinition(type).Name);
        }

        var parent = this.metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        return this.metadata.GetString(this.metadata.GetTypeReference((TypeReferenceHandle)parent).Name);
    }
}
